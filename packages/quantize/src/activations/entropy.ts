// Ranges by relative entropy: the threshold at which the histogram of magnitudes, clipped there and told in as many
// levels as the grid has, differs least from the one that was seen (S. Migacz, 8-bit inference with TensorRT, 2017).
import { createHistogram, type Histogram } from './histogram.ts';
import type { Observed } from './observed.ts';

const BINS = 2048;
const LEVELS = 128;

/** From −t to t, or from 0 to t where nothing below 0 was seen. */
export const entropyRange = (): Observed => {
  const histogram = createHistogram(BINS);
  return {
    add: (value) => histogram.add(Math.abs(value)),
    range({ min, max }) {
      const most = Math.max(-min, max);
      const threshold = Math.min(most, bestThreshold(histogram.read()));
      return { min: Math.max(min, -threshold), max: Math.min(max, threshold) };
    },
  };
};

/** The end of the bin with the least divergence; Infinity where so few bins are filled that each level has its own. */
const bestThreshold = ({ counts, width }: Histogram): number => {
  const filled = counts.findLastIndex((count) => count > 0) + 1;
  const upTo = runningSums(counts);
  const best = { divergence: Infinity, threshold: Infinity };
  for (let bins = LEVELS; bins <= filled; bins++) {
    const divergence = divergenceAt(counts, upTo, bins);
    if (divergence < best.divergence) Object.assign(best, { divergence, threshold: bins * width });
  }
  return best.threshold;
};

/** Sums over all bins before one: of counts c, of bins that hold anything, of c · log c. */
interface RunningSums {
  readonly count: Float64Array;
  readonly holding: Float64Array;
  readonly entropy: Float64Array;
}

const runningSums = (counts: Float64Array): RunningSums => {
  const sumsOf = (term: (count: number) => number): Float64Array => {
    const sums = new Float64Array(counts.length + 1);
    for (let bin = 0; bin < counts.length; bin++) sums[bin + 1] = (sums[bin] ?? 0) + term(counts[bin] ?? 0);
    return sums;
  };
  return {
    count: sumsOf((count) => count),
    holding: sumsOf((count) => (count > 0 ? 1 : 0)),
    entropy: sumsOf(selfInformation),
  };
};

/** c · log c, 0 for 0. */
const selfInformation = (count: number): number => (count > 0 ? count * Math.log(count) : 0);

/**
 * D(P ‖ Q) = Σ p · log(p / q): P are the first bins, what lies beyond counted in the last of them; Q are these bins
 * alone, each level's sum spread evenly over those of its bins that hold anything. Infinite where P has what Q has not.
 */
const divergenceAt = (
  counts: Float64Array,
  { count, holding, entropy }: RunningSums,
  bins: number,
): number => {
  const between = (sums: Float64Array, from: number, to: number): number =>
    (sums[to] ?? 0) - (sums[from] ?? 0);
  const total = count.at(-1) ?? 0;
  const inside = count[bins] ?? 0;
  const outside = total - inside;
  const last = counts[bins - 1] ?? 0;
  if (outside > 0 && last === 0) return Infinity;
  // Σ c·log c of P's counts, then Σ c·log(q · total) level by level.
  let sum = (entropy[bins] ?? 0) - selfInformation(last) + selfInformation(last + outside);
  for (let level = 0; level < LEVELS; level++) {
    const from = Math.floor((level * bins) / LEVELS);
    const to = Math.floor(((level + 1) * bins) / LEVELS);
    const own = between(count, from, to);
    if (own === 0) continue;
    const q = own / between(holding, from, to) / inside;
    sum -= (level === LEVELS - 1 ? own + outside : own) * Math.log(q * total);
  }
  return sum / total;
};
