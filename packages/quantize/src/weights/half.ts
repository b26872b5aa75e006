// What rounding to half precision on tensors knows of both types.
import { LARGEST_HALF, type HalfType } from '@mapping-networks/runtime/canonical';

interface HalfFormat {
  /** The largest finite number. */
  readonly largest: number;
  readonly fractionBits: number;
  /** Exponents of the smallest and the largest normal number. */
  readonly leastExponent: number;
  readonly mostExponent: number;
}

export const HALF: Readonly<Record<HalfType, HalfFormat>> = {
  float16: { largest: LARGEST_HALF.float16, fractionBits: 10, leastExponent: -14, mostExponent: 15 },
  bfloat16: { largest: LARGEST_HALF.bfloat16, fractionBits: 7, leastExponent: -126, mostExponent: 127 },
};
