// Ranges that leave out the outermost numbers: quantiles, read from a histogram of each sign.
import { createHistogram, type Histogram } from './histogram.ts';
import type { Observed } from './observed.ts';

const BINS = 8192;

/** Between the quantiles 1 − p and p of what was seen, each exact to a bin; `percentile` is 100·p. */
export const percentileRange = (percentile: number): Observed => {
  const [above, below] = [createHistogram(BINS), createHistogram(BINS)];
  const count = { above: 0, below: 0 };
  return {
    add(value) {
      (value < 0 ? below : above).add(Math.abs(value));
      count[value < 0 ? 'below' : 'above']++;
    },
    range({ min, max }) {
      // 90 % of ten numbers spare one at each end: what rounding takes from it is given back.
      const spared = Math.floor(((count.above + count.below) * (100 - percentile)) / 100 + 1e-9);
      return {
        min: Math.max(min, -upTo(below.read(), count.below - spared)),
        max: Math.min(max, upTo(above.read(), count.above - spared)),
      };
    },
  };
};

/** The end of the bin in which the n-th smallest magnitude lies; 0 for n of 0 and less. */
const upTo = ({ counts, width }: Histogram, n: number): number => {
  let [bin, seen] = [0, 0];
  for (; seen < n && bin < counts.length; bin++) seen += counts[bin] ?? 0;
  return bin * width;
};
