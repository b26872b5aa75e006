// The log of a run as points of curves, and the way of its trainables.
import type { StepPoint, Trajectory } from '@mapping-networks/report';
import type { LogLine } from '../run-log/log-line.ts';

const finite = (values: Readonly<Record<string, number | null>>): Record<string, number> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== null));

/** Steps in one epoch: where the log turns from epoch 1 to 2, or `known` for a log that does not get as far. */
export const stepsPerEpoch = (log: readonly LogLine[], known: number): number => {
  const second = log.find(({ epoch }) => epoch === 2);
  return Math.max(1, second ? second.step - 1 : known);
};

/** One point for each step, without the initialisation; numbers that were not finite are left out. */
export const stepPoints = (log: readonly LogLine[], perEpoch: number): readonly StepPoint[] =>
  log
    .filter(({ step }) => step > 0)
    .map(({ step, loss, learningRate, metrics, terms, norm, moved }) => ({
      epoch: step / perEpoch,
      step,
      scores: finite({ loss, ...metrics }),
      terms: finite(terms),
      ...finite({ learningRate, norm, moved }),
    }));

/** A run logs 101; all pairs of them are multiplied, so that a log of any length must not bring more than these. */
const mostSnapshots = 250;

/** The first, the last, and evenly spread ones between. */
const evenly = <T>(all: readonly T[], most: number): readonly T[] =>
  all.length <= most
    ? all
    : Array.from({ length: most }, (_, i) => all[Math.round((i * (all.length - 1)) / (most - 1))] as T);

/** Where the trainables were; undefined for fewer than two places. */
export const trajectoryOf = (log: readonly LogLine[]): Trajectory | undefined => {
  const seen = log.flatMap(({ step, latent, of }) =>
    latent && of !== undefined ? [{ step, values: latent, of }] : [],
  );
  const [first] = seen;
  if (first === undefined || seen.length < 2) return undefined;
  // A log that was stitched together by hand may hold other coordinates: only those that fit the first belong together.
  const snapshots = seen.filter(({ values, of }) => values.length === first.values.length && of === first.of);
  const kept = evenly(snapshots, mostSnapshots).map(({ step, values }) => ({ step, values }));
  return { snapshots: kept, of: first.of };
};
