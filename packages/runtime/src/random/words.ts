// The stream of 32-bit words under a key, from which all distributions are made.
import type { RandomKey } from './key.ts';
import { threefry2x32 } from './threefry.ts';

/** Words `from` … `from + count − 1` of the key's stream. Words 2i and 2i + 1 are Threefry-2x32 of the counter (i, 0). */
export const words = ({ hi, lo }: RandomKey, count: number, from = 0): Uint32Array => {
  const first = from >>> 1;
  const pairs = Math.ceil((from + count) / 2) - first;
  const out = new Uint32Array(2 * pairs);
  for (let pair = 0; pair < pairs; pair++) threefry2x32(hi, lo, first + pair, 0, out, 2 * pair);
  return out.subarray(from & 1, (from & 1) + count);
};
