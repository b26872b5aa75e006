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

const finite = (epoch: number, value: number | undefined): [number, number][] =>
  value !== undefined && Number.isFinite(value) ? [[epoch, value]] : [];

/** A run's own curve, value by place on the axis; `length` is the longest run's, in epochs. */
const curveOf = (
  run: ComparedRun,
  { name, split }: ChartedScore,
  length: number,
): ReadonlyMap<number, number> => {
  const { epochs, steps } = run;
  if (split === 'validation')
    return new Map(epochs.flatMap(({ epoch, validation }) => finite(epoch, validation?.[name])));
  const measured = steps.flatMap(({ epoch, scores }) => finite(epoch, scores[name]));
  if (measured.length === 0) return new Map(epochs.flatMap(({ epoch, train }) => finite(epoch, train[name])));
  const width = length / stretches;
  const gathered = new Map<number, number[]>();
  for (const [epoch, value] of measured) {
    const place = Math.min(stretches - 1, Math.floor(epoch / width));
    gathered.set(place, [...(gathered.get(place) ?? []), value]);
  }
  return new Map([...gathered].map(([place, values]) => [(place + 0.5) * width, mean(values)]));
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
