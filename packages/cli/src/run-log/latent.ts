// The latent as the log sees it: all trainables as one vector, its length, its way from the start, and the coordinates
// of it that are written down.
import { randomKey, uniform, type NamedArrays } from '@mapping-networks/core';
import { MOST_COORDINATES } from './log-line.ts';

/** ‖z‖ and ‖z − z₀‖ over all trainables. */
export const lengths = (
  z: NamedArrays,
  start: NamedArrays,
): { readonly norm: number; readonly moved: number } => {
  let norm = 0;
  let moved = 0;
  for (const [name, { data }] of Object.entries(z)) {
    const from = start[name]?.data;
    for (let i = 0; i < data.length; i++) {
      const value = data[i] ?? 0;
      const way = value - (from?.[i] ?? 0);
      norm += value * value;
      moved += way * way;
    }
  }
  return { norm: Math.sqrt(norm), moved: Math.sqrt(moved) };
};

/** How many numbers the trainables have. */
export const sizeOfAll = (z: NamedArrays): number =>
  Object.values(z).reduce((size, { data }) => size + data.length, 0);

/**
 * The places in the joined trainables that are logged: all, or one at random in each of `most` stretches of equal
 * length, so that every part of a large latent is seen.
 */
export const coordinatesOf = (size: number, seed: number, most: number = MOST_COORDINATES): Int32Array => {
  if (size <= most) return Int32Array.from({ length: size }, (_, i) => i);
  const within = uniform(randomKey(seed, 'log', 'coordinates'), most);
  const edge = (i: number): number => Math.floor((i * size) / most);
  return Int32Array.from({ length: most }, (_, i) => {
    const from = edge(i);
    return from + Math.floor((within[i] ?? 0) * (edge(i + 1) - from));
  });
};

/** The values at these places of the trainables joined in order. */
export const pick = (z: NamedArrays, places: Int32Array): Float32Array => {
  const joined = new Float32Array(sizeOfAll(z));
  let at = 0;
  for (const { data } of Object.values(z)) {
    joined.set(data, at);
    at += data.length;
  }
  return Float32Array.from(places, (place) => joined[place] ?? 0);
};

/** Whether step `step` of `steps` is one of (at most) `most` evenly spread ones, the last among them. */
export const isSampled = (step: number, steps: number, most = 100): boolean => {
  const samples = Math.min(most, steps);
  return Math.floor((step * samples) / steps) > Math.floor(((step - 1) * samples) / steps);
};
