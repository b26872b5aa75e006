// The curve of a group: one line for one run, mean and band for several. Thousands of steps become a few points: means
// over equal stretches of the axis of epochs, the same for every run, so that runs can be averaged point by point.
import type { ComparedRun } from './comparison-data.ts';
import { deviation, mean } from './sample.ts';
import type { SeedGroup } from './seed-groups.ts';

/** A point of a curve; `low` and `high` are mean ± standard deviation over seeds. */
export interface CurvePoint {
  readonly epoch: number;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

/** One line of a chart. */
export interface GroupCurve {
  readonly letter: string;
  readonly unfinished: boolean;
  readonly points: readonly CurvePoint[];
}

/** What a chart shows: a score while training, or on the validation split. */
export interface ChartedScore {
  readonly name: string;
  readonly split: 'train' | 'validation';
}

const stretches = 80;

/** Epochs that are shown one by one. */
const mostEpochs = 200;

const finite = (epoch: number, value: number | undefined): [number, number][] =>
  value !== undefined && Number.isFinite(value) ? [[epoch, value]] : [];

/** Means over equal stretches of the axis, by the middle of the stretch. */
const thinned = (
  measured: readonly (readonly [epoch: number, value: number])[],
  length: number,
): ReadonlyMap<number, number> => {
  const width = length / stretches;
  const sums = new Map<number, { sum: number; count: number }>();
  for (const [epoch, value] of measured) {
    const place = Math.min(stretches - 1, Math.floor(epoch / width));
    const { sum, count } = sums.get(place) ?? { sum: 0, count: 0 };
    sums.set(place, { sum: sum + value, count: count + 1 });
  }
  return new Map([...sums].map(([place, { sum, count }]) => [(place + 0.5) * width, sum / count]));
};

/** A run's own curve, value by place on the axis; `length` is the longest run's, in epochs. */
const curveOf = (
  { epochs, steps }: ComparedRun,
  { name, split }: ChartedScore,
  length: number,
): ReadonlyMap<number, number> => {
  const ofSteps = split === 'train' ? steps.flatMap(({ epoch, scores }) => finite(epoch, scores[name])) : [];
  if (ofSteps.length > 0) return thinned(ofSteps, length);
  const ofEpochs = epochs.flatMap(({ epoch, [split]: scores }) => finite(epoch, scores?.[name]));
  return length > mostEpochs ? thinned(ofEpochs, length) : new Map(ofEpochs);
};

/** Mean and band at the places that every curve has. */
const averaged = (curves: readonly ReadonlyMap<number, number>[]): readonly CurvePoint[] =>
  [...(curves[0]?.keys() ?? [])].flatMap((epoch) => {
    const values = curves.flatMap((curve) => curve.get(epoch) ?? []);
    if (values.length < curves.length) return [];
    const [value, spread] = [mean(values), deviation(values)];
    return spread === undefined
      ? [{ epoch, value }]
      : [{ epoch, value, low: value - spread, high: value + spread }];
  });

/** The longest run's length in epochs, at least 1. */
export const lengthOf = (groups: readonly SeedGroup[]): number =>
  groups
    .flatMap(({ runs }) => runs)
    .reduce((most, { epochs, steps }) => Math.max(most, epochs.length, steps.at(-1)?.epoch ?? 0), 1);

/** The lines of a group: its finished runs as one, each unfinished run as its own. */
export const groupCurves = (group: SeedGroup, score: ChartedScore, length: number): readonly GroupCurve[] => {
  const { letter, runs, repetitions } = group;
  const open = runs.filter(({ unfinished }) => unfinished !== undefined);
  const line = (members: readonly ComparedRun[], unfinished: boolean): GroupCurve => ({
    letter,
    unfinished,
    points: averaged(members.map((run) => curveOf(run, score, length))).toSorted((a, b) => a.epoch - b.epoch),
  });
  return [line(repetitions, false), ...open.map((run) => line([run], true))].filter(
    ({ points }) => points.length > 0,
  );
};
