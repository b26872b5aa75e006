// A histogram of magnitudes whose range grows with what it sees: it doubles, and pairs of bins become one, so that the
// counts do not depend on how the numbers came in parts.

/** How many numbers fell into each bin. Bin k holds magnitudes from k·width to (k + 1)·width. */
export interface Histogram {
  readonly counts: Float64Array;
  readonly width: number;
}

/** Counts |x| into an even number of `bins`. Starts without a range: zeros count, and wait for the first other number. */
export const createHistogram = (bins: number): { add(magnitude: number): void; read(): Histogram } => {
  const counts = new Float64Array(bins);
  let range = 0;
  return {
    add(magnitude) {
      if (magnitude > 0) {
        if (range === 0) range = powerAbove(magnitude);
        for (; magnitude >= range; range *= 2) mergePairs(counts);
      }
      const bin = range === 0 ? 0 : Math.floor((magnitude / range) * bins);
      counts[bin] = (counts[bin] ?? 0) + 1;
    },
    read: () => ({ counts: counts.slice(), width: range / bins }),
  };
};

/** The smallest power of two above x > 0. */
const powerAbove = (x: number): number => {
  let power = 1;
  while (power <= x) power *= 2;
  while (power / 2 > x) power /= 2;
  return power;
};

const mergePairs = (counts: Float64Array): void => {
  const half = counts.length / 2;
  for (let k = 0; k < half; k++) counts[k] = (counts[2 * k] ?? 0) + (counts[2 * k + 1] ?? 0);
  counts.fill(0, half);
};
