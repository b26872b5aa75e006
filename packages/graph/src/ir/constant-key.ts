// When two constants are one: when they have the same bits. Hashes are of a sample of the elements, so that large arrays
// cost no more than small ones; arrays of the same sample are compared whole.
import type { ElementArray } from './value-type.ts';

/** Elements of a sample. */
const SAMPLE = 2 ** 14;

/** Gives each array a key; arrays of the same bits have the same one. */
export const createConstantKeys = (): ((data: ElementArray) => string) => {
  const keys = new Map<ElementArray, string>();
  const byHash = new Map<number, ElementArray[]>();

  return (data) => {
    const known = keys.get(data);
    if (known !== undefined) return known;
    const words = wordsOf(data);
    const hash = hashOf(words);
    const candidates = byHash.get(hash) ?? [];
    const twin = candidates.find(
      (other) => other.constructor === data.constructor && equal(wordsOf(other), words),
    );
    const key = (twin && keys.get(twin)) ?? `#${keys.size}`;
    keys.set(data, key);
    if (twin === undefined) byHash.set(hash, [...candidates, data]);
    return key;
  };
};

/** The same memory as whole numbers, in which every NaN and both zeros are what they are. */
const wordsOf = (data: ElementArray): Int32Array | Uint8Array =>
  data instanceof Uint8Array ? data : new Int32Array(data.buffer, data.byteOffset, data.length);

/** FNV-1a over the length and evenly spaced words. */
const hashOf = (words: Int32Array | Uint8Array): number => {
  const stride = Math.ceil(words.length / SAMPLE) || 1;
  let hash = 0x811c9dc5 ^ words.length;
  for (let i = 0; i < words.length; i += stride) hash = Math.imul(hash ^ (words[i] ?? 0), 0x01000193);
  return hash;
};

const equal = (a: Int32Array | Uint8Array, b: Int32Array | Uint8Array): boolean => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
};
