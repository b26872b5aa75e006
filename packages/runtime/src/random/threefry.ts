// Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011):
// a counter-based generator that needs only 32-bit additions, rotations and exclusive-ors, so that JavaScript, and
// any other language, makes the same bits. The published known-answer vectors are in the tests.

const PARITY = 0x1bd11bda;

/**
 * Enciphers the counter (c0, c1) with the key (k0, k1); all are 32-bit integers.
 * The two result words are written, unsigned, to `out[at]` and `out[at + 1]`.
 *
 * @example
 * ```ts
 * import { threefry2x32 } from '@mapping-networks/runtime/canonical';
 * const out = new Uint32Array(2);
 * threefry2x32(0, 0, 0, 0, out, 0);
 * console.log(Array.from(out, (word) => word.toString(16))); // ['6b200159', '99ba4efe']
 * ```
 */
export const threefry2x32 = (
  k0: number,
  k1: number,
  c0: number,
  c1: number,
  out: Uint32Array,
  at: number,
): void => {
  const k2 = PARITY ^ k0 ^ k1;
  let x0 = (c0 + k0) | 0;
  let x1 = (c1 + k1) | 0;
  for (let group = 1; group <= 5; group++) {
    const odd = group & 1;
    x0 = (x0 + x1) | 0;
    x1 = odd ? (x1 << 13) | (x1 >>> 19) : (x1 << 17) | (x1 >>> 15);
    x1 ^= x0;
    x0 = (x0 + x1) | 0;
    x1 = odd ? (x1 << 15) | (x1 >>> 17) : (x1 << 29) | (x1 >>> 3);
    x1 ^= x0;
    x0 = (x0 + x1) | 0;
    x1 = odd ? (x1 << 26) | (x1 >>> 6) : (x1 << 16) | (x1 >>> 16);
    x1 ^= x0;
    x0 = (x0 + x1) | 0;
    x1 = odd ? (x1 << 6) | (x1 >>> 26) : (x1 << 24) | (x1 >>> 8);
    x1 ^= x0;
    // Key injection, cycling through k0, k1, k2.
    const phase = group % 3;
    x0 = (x0 + (phase === 0 ? k0 : phase === 1 ? k1 : k2)) | 0;
    x1 = (x1 + (phase === 0 ? k1 : phase === 1 ? k2 : k0) + group) | 0;
  }
  out[at] = x0;
  out[at + 1] = x1;
};
