// Thousands of noisy steps become a readable curve: means over equal bins of the axis of epochs.
import type { StepPoint } from './report-data.ts';

/** One score of a run, thinned to at most `bins` points; the first and last steps keep their place on the axis. */
export const binnedMean = (
  points: readonly StepPoint[],
  name: string,
  bins: number,
): { readonly epoch: number; readonly value: number }[] => {
  const values = points.flatMap(({ epoch, scores }) => {
    const value = scores[name];
    return value === undefined || !Number.isFinite(value) ? [] : [{ epoch, value }];
  });
  const size = Math.max(1, Math.ceil(values.length / bins));
  return Array.from({ length: Math.ceil(values.length / size) }, (_, bin) => {
    const members = values.slice(bin * size, (bin + 1) * size);
    const mean = (pick: (member: (typeof members)[number]) => number): number =>
      members.reduce((sum, member) => sum + pick(member), 0) / members.length;
    return { epoch: mean(({ epoch }) => epoch), value: mean(({ value }) => value) };
  });
};
