// Generators with the faults that the statistics are there to find.
import { randomKey, words } from '@mapping-networks/core';
import type { Source } from './statistics.ts';

/** A good mixing of 32 bits (the finaliser of MurmurHash3), put to bad use below. */
const mix = (x: number): number => {
  let h = x | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

const generate = (count: number, word: (i: number) => number): Uint32Array =>
  Uint32Array.from({ length: count }, (_, i) => word(i));

/** The linear congruential generator of "Numerical Recipes": short periods in the low bits, related streams. */
export const congruential: Source = (seed, index, count) => {
  let state = seed + 0x10000 * index;
  return generate(count, () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0));
};

/** A fine stream, whatever the seed. */
export const keyIgnored: Source = (_seed, _index, count) => words(randomKey(11), count);

/** A fine stream for each seed, whatever the index. */
export const indexIgnored: Source = (seed, _index, count) => words(randomKey(seed), count);

/** A hash of seed plus position: stream s + 1 is stream s without its first word. */
export const overlapping: Source = (seed, index, count) => generate(count, (i) => mix(seed + mix(index) + i));

/** Each bit is 1 three times in four. */
export const biased: Source = (seed, index, count) => {
  const twice = words(randomKey(seed, index), 2 * count);
  return generate(count, (i) => (twice[2 * i] ?? 0) | (twice[2 * i + 1] ?? 0));
};

/** Neighbouring words share their upper half. */
export const sticky: Source = (seed, index, count) => {
  const source = words(randomKey(seed, index), count);
  return generate(count, (i) => ((source[i - (i % 2)] ?? 0) & 0xffff0000) | ((source[i] ?? 0) & 0xffff));
};
