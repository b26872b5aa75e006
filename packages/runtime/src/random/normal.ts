// Normal numbers by Box and Muller (1958), with the project's own log, sine and cosine so that the bits are the same
// in every JavaScript engine.
import { cosTurn, log, sinTurn } from '../canonical/elementary.ts';
import type { RandomKey } from './key.ts';
import { words } from './words.ts';

const TWO_32 = 0x100000000;

/**
 * `count` float32 numbers from N(0, 1). Numbers 2i and 2i + 1 come from words 2i and 2i + 1:
 * r = √(−2 ln((w₀ + 1)·2⁻³²)), t = w₁·2⁻³² turns, r·cos t and r·sin t, in float64, rounded once.
 */
export const normal = (key: RandomKey, count: number): Float32Array => {
  const out = new Float32Array(count);
  const source = words(key, 2 * Math.ceil(count / 2));
  for (let i = 0; i < count; i += 2) {
    const radius = Math.sqrt(-2 * log(((source[i] as number) + 1) / TWO_32));
    const turn = (source[i + 1] as number) / TWO_32;
    out[i] = radius * cosTurn(turn);
    if (i + 1 < count) out[i + 1] = radius * sinTurn(turn);
  }
  return out;
};
