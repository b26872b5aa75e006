// Minimum and median of samples. The minimum is what the work costs when nothing else runs, and what ratios are made of.

export interface Summary {
  readonly minMs: number;
  readonly medianMs: number;
}

const rounded = (value: number): number => Number(value.toPrecision(4));

export const summarize = (samples: readonly number[]): Summary => {
  if (samples.length === 0) throw new Error('Expected at least one sample; a round has measured nothing.');
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return { minMs: rounded(at(0)), medianMs: rounded((at(Math.floor(middle)) + at(Math.ceil(middle))) / 2) };
};
