// Uniform reals and integers.
import type { RandomKey } from './key.ts';
import { words } from './words.ts';

/** 2⁻²⁴: float32 has 24 bits of precision, so that w·2⁻²⁴ for 24-bit w is exact and below 1. */
const STEP = 1 / 0x1000000;

/** `count` float32 numbers in [0, 1), multiples of 2⁻²⁴: the upper 24 bits of each word. */
export const uniform = (key: RandomKey, count: number): Float32Array => {
  const drawn = words(key, count);
  const out = new Float32Array(count);
  // A loop, because `from` with a function goes through an iterator, one call and one object a number.
  for (let i = 0; i < count; i++) out[i] = ((drawn[i] as number) >>> 8) * STEP;
  return out;
};

/**
 * A word as an integer in [0, bound), bound ≤ 2³²: ⌊word · bound / 2³²⌋, exactly (in two halves where the product does
 * not fit float64). A value's probability is off by less than 2⁻³².
 */
export const below = (word: number, bound: number): number => {
  if (bound <= 0x200000) return Math.floor((word * bound) / 0x100000000);
  const low = Math.floor(((word & 0xffff) * bound) / 0x10000);
  return Math.floor(((word >>> 16) * bound + low) / 0x10000);
};
