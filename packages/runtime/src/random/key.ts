// Every random number has a name: a seed and a path such as ('latent', 'init'). A key is that name as 64 bits; the
// numbers under a key are addressed by position, so that no order of use can change them.
import { threefry2x32 } from './threefry.ts';

/** 64 bits: the key of a stream of random words. */
export interface RandomKey {
  readonly hi: number;
  readonly lo: number;
}

/** A path component: a name, or an index (32-bit, unsigned). */
export type PathStep = string | number;

/**
 * The key of a seed and a path.
 *
 * The seed, a whole number of 0 … 2⁵³−1, is split into its upper and lower 32 bits. Each step of the path replaces
 * the key by Threefry-2x32 of the counter (h, t) under it, where a name has h = FNV-1a-32 of its UTF-8 bytes and
 * t = 1, and an index has h = the index and t = 2.
 *
 * @example
 * ```ts
 * import { randomKey, uniform } from '@mapping-networks/runtime/canonical';
 * console.log(randomKey(7).lo, uniform(randomKey(7, 'noise', 3), 2)); // 7 Float32Array [0.21586, 0.72837]
 * ```
 */
export const randomKey = (seed: number, ...path: readonly PathStep[]): RandomKey =>
  childKey({ hi: Math.floor(seed / 0x100000000), lo: seed >>> 0 }, ...path);

/** The key below another key: `childKey(randomKey(7, 'a'), 'b')` is `randomKey(7, 'a', 'b')`. */
export const childKey = (key: RandomKey, ...path: readonly PathStep[]): RandomKey => {
  const words = new Uint32Array([key.hi, key.lo]);
  for (const step of path) {
    const name = typeof step === 'string';
    threefry2x32(words[0] as number, words[1] as number, name ? fnv1a(step) : step, name ? 1 : 2, words, 0);
  }
  return { hi: words[0] as number, lo: words[1] as number };
};

/** FNV-1a, 32 bits, over UTF-8 (Fowler, Noll & Vo; RFC 9923). */
const fnv1a = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
};
