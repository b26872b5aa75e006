// A sweep compares variants of the defaults on a few benches, by their scores on validation. A bench is a row of the
// paper, shortened; a trial is one variant of one bench from one seed.
import type { Json } from '../experiments/experiment.ts';

export interface Variant {
  readonly name: string;
  /** From the config of a bench to that of the variant. */
  readonly change: (config: Json) => Json;
  /** Running averages of the trainables, by their decay, that are scored beside the last values. */
  readonly averages?: readonly number[];
}

export interface Sweep {
  readonly name: string;
  /** What is asked, and what is expected. */
  readonly question: string;
  readonly benches: readonly string[];
  /** The first one is what the others are compared with. */
  readonly variants: readonly Variant[];
}

export interface Trial {
  readonly sweep: string;
  readonly bench: string;
  readonly variant: string;
  readonly seed: number;
  /** The bench without the change: trials with different bases cannot be compared. */
  readonly base: Json;
  readonly config: Json;
  readonly averages: readonly number[];
}

/** Published runs have seeds from 0 on; nothing is chosen by those. */
const FIRST_SEED = 100;

/** What of a sweep is run. */
export interface Extent {
  readonly benches: RegExp;
  readonly variants: RegExp;
  /** How many. */
  readonly seeds: number;
  /** Instead of those of the benches. */
  readonly epochs: number | undefined;
}

/** Seed by seed, so that a sweep that was ended early compares all its variants. */
export const trialsOf = (
  sweep: Sweep,
  benches: Readonly<Record<string, Json>>,
  extent: Extent,
): readonly Trial[] => {
  const { seeds, epochs } = extent;
  const variants = sweep.variants.filter(({ name }, i) => i === 0 || extent.variants.test(name));
  return Array.from({ length: seeds }, (_, i) => FIRST_SEED + i).flatMap((seed) =>
    sweep.benches
      .filter((bench) => extent.benches.test(bench))
      .flatMap((bench) => {
        const base = { ...benches[bench], ...(epochs !== undefined && { epochs }), seed };
        return variants.map(({ name: variant, change, averages = [] }) => ({
          sweep: sweep.name,
          bench,
          variant,
          seed,
          base,
          config: change(base),
          averages,
        }));
      }),
  );
};
