// Two arrays of outputs, number by number and answer by answer.
import type { ArrayTensor } from '@mapping-networks/core';

export interface Comparison {
  readonly maxDifference: number;
  readonly meanDifference: number;
  readonly relativeDifference: number;
  readonly agreement: number;
  readonly accuracy?: { readonly source: number; readonly exported: number };
}

/** The index of the greatest of each row; −1 where a row holds what is no number. */
const answers = ({ data, shape }: ArrayTensor): Int32Array => {
  const rows = shape[0] ?? 0;
  const size = data.length / rows;
  return Int32Array.from({ length: rows }, (_, row) => {
    let best = 0;
    for (let i = 0; i < size; i++) {
      const value = data[row * size + i] ?? Number.NaN;
      if (Number.isNaN(value)) return -1;
      if (value > (data[row * size + best] ?? Number.NaN)) best = i;
    }
    return best;
  });
};

const shareEqual = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let equal = 0;
  for (let i = 0; i < a.length; i++) equal += a[i] === b[i] && a[i] !== -1 ? 1 : 0;
  return equal / a.length;
};

/** NaN and infinities count as infinitely far. */
export const compare = (
  source: ArrayTensor,
  exported: ArrayTensor,
  labels?: ArrayLike<number>,
): Comparison => {
  let [max, sum, largest] = [0, 0, 0];
  source.data.forEach((value, i) => {
    const difference = Math.abs(value - (exported.data[i] ?? Number.NaN));
    const distance = Number.isFinite(difference) ? difference : Number.POSITIVE_INFINITY;
    max = Math.max(max, distance);
    sum += distance;
    largest = Math.max(largest, Math.abs(value));
  });
  const [ours, theirs] = [answers(source), answers(exported)];
  return {
    maxDifference: max,
    meanDifference: sum / source.data.length,
    relativeDifference: max === 0 ? 0 : max / largest,
    agreement: shareEqual(ours, theirs),
    ...(labels && { accuracy: { source: shareEqual(ours, labels), exported: shareEqual(theirs, labels) } }),
  };
};
