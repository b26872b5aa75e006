// The best epoch on validation, and when to stop waiting for a better one. Both follow from the history alone, so that a
// resumed run comes to the same answer.
import type { EpochRecord, Metric } from '@mapping-networks/core';
import type { TrainSettings } from './settings.ts';

/** What decides: the first metric, or the loss where there is none. */
export interface Criterion {
  readonly name: string;
  readonly better: Metric['better'];
}

export const criterionOf = (
  metrics: readonly { readonly name: string; readonly impl: Metric }[],
): Criterion => {
  const [first] = metrics;
  return first ? { name: first.name, better: first.impl.better } : { name: 'loss', better: 'lower' };
};

/** The first epoch whose score no other beats; undefined before any score. A score that is not a number is none. */
export const bestEpoch = (
  history: readonly EpochRecord[],
  { name, better }: Criterion,
): number | undefined => {
  let best: { readonly epoch: number; readonly score: number } | undefined;
  for (const { epoch, validation } of history) {
    const score = validation?.[name] ?? Number.NaN;
    const improved =
      better === 'higher' ? score > (best?.score ?? -Infinity) : score < (best?.score ?? Infinity);
    if (improved) best = { epoch, score };
  }
  return best?.epoch;
};

/** Whether the last validated epoch lies `patience` epochs after the best one. */
export const outOfPatience = (
  history: readonly EpochRecord[],
  criterion: Criterion,
  { patience }: Pick<TrainSettings, 'patience'>,
): boolean => {
  if (patience === 'none') return false;
  const last = history.findLast(({ validation }) => validation !== undefined);
  return last !== undefined && last.epoch - (bestEpoch(history, criterion) ?? 0) >= patience;
};
