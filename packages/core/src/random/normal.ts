// Normal numbers by Box and Muller (1958), made by the runtime's own log, sine and cosine.
import { normal as unchecked } from '@mapping-networks/runtime/canonical';
import type { RandomKey } from './key.ts';
import { requireDraw } from './words.ts';

/**
 * `count` float32 numbers from N(0, 1). Numbers 2i and 2i + 1 come from words 2i and 2i + 1:
 * r = √(−2 ln((w₀ + 1)·2⁻³²)), t = w₁·2⁻³² turns, r·cos t and r·sin t, in float64, rounded once.
 *
 * @example
 * ```ts
 * import { normal, randomKey } from '@mapping-networks/core';
 * console.log(normal(randomKey(7, 'golden', 'normal'), 2)); // Float32Array [0.00678, 0.94205]
 * ```
 */
export const normal = (key: RandomKey, count: number): Float32Array => {
  requireDraw('normal', key, count);
  return unchecked(key, count);
};
