// The names of a mapping's random numbers.
import { randomKey, type RandomKey } from '../random/key.ts';

/** The key of a branch's `projection` W, or of b, the second projection of `linear` modulation. */
export const branchKey = (seed: number, prefix: string, what: 'projection' | 'modulation'): RandomKey =>
  randomKey(seed, 'mapping', prefix, what);
