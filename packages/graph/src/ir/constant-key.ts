// When two constants are one: arrays of moderate size with the same bits, large ones that are the same array.
import type { ElementArray } from './value-type.ts';

/** Elements up to which contents are compared: about a millisecond. */
const MOST_COMPARED = 2 ** 20;

/** Gives each array a key; arrays of the same bits have the same one. */
export const createConstantKeys = (): ((data: ElementArray) => string) => {
  const keys = new Map<ElementArray, string>();
  const byHash = new Map<number, ElementArray[]>();

  const twinOf = (data: ElementArray): ElementArray | undefined => {
    const words = wordsOf(data);
    const hash = hashOf(words);
    const candidates = byHash.get(hash) ?? [];
    byHash.set(hash, [...candidates, data]);
    return candidates.find((other) => other.constructor === data.constructor && equal(wordsOf(other), words));
  };

  return (data) => {
    const known = keys.get(data);
    if (known !== undefined) return known;
    const twin = data.length <= MOST_COMPARED ? twinOf(data) : undefined;
    const key = (twin && keys.get(twin)) ?? `#${keys.size}`;
    keys.set(data, key);
    return key;
  };
};

/** The same memory as whole numbers, in which every NaN and both zeros are what they are. */
const wordsOf = (data: ElementArray): Int32Array | Uint8Array =>
  data instanceof Uint8Array ? data : new Int32Array(data.buffer, data.byteOffset, data.length);

/** FNV-1a over words. */
const hashOf = (words: Int32Array | Uint8Array): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ (words[i] ?? 0), 0x01000193);
  return hash;
};

const equal = (a: Int32Array | Uint8Array, b: Int32Array | Uint8Array): boolean =>
  a.length === b.length && a.every((word, i) => word === b[i]);
