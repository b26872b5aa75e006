// Damage to bytes of any format: what disks, networks and editors do, and what someone does who guesses at sizes.
import type { Random } from '../random.ts';
import { HOSTILE_INTEGERS } from './numbers.ts';

type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array;

const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

const altered = (bytes: Uint8Array, change: (copy: Uint8Array) => void): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  if (copy.length > 0) change(copy);
  return copy;
};

/** A place, in half of all cases near the start, where headers are. */
const place = (length: number, random: Random): number =>
  random.chance(0.5) ? random.below(Math.min(length, 64)) : random.below(length);

/** A part of the bytes, in half of all cases a short one. */
const span = (bytes: Uint8Array, random: Random): readonly [number, number] => {
  const from = place(bytes.length, random);
  const most = bytes.length - from;
  return [from, from + 1 + random.below(random.chance(0.5) ? Math.min(most, 8) : most)];
};

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'one bit flipped': (bytes, random) =>
    altered(bytes, (copy) => {
      const at = place(copy.length, random);
      copy[at] = (copy[at] as number) ^ (1 << random.below(8));
    }),
  'bytes flipped': (bytes, random) =>
    altered(bytes, (copy) => {
      for (let i = 0; i <= random.below(8); i++) copy[place(copy.length, random)] = random.below(256);
    }),
  'an extreme byte': (bytes, random) =>
    altered(bytes, (copy) => {
      copy[place(copy.length, random)] = random.pick([0, 1, 0x7f, 0x80, 0xfe, 0xff]);
    }),
  'an integer overwritten': (bytes, random) =>
    altered(bytes, (copy) => {
      const width = random.pick([2, 4, 8]);
      const value = Buffer.alloc(8);
      value.writeBigUInt64LE(random.pick(HOSTILE_INTEGERS));
      const low = random.chance(0.5) ? value.subarray(0, width) : value.subarray(0, width).toReversed();
      if (copy.length >= width) copy.set(low, place(copy.length - width + 1, random));
    }),
  truncated: (bytes, random) => bytes.slice(0, random.below(bytes.length + 1)),
  'the end cut off': (bytes, random) => bytes.slice(0, Math.max(0, bytes.length - 1 - random.below(16))),
  'the start cut off': (bytes, random) => bytes.slice(random.below(Math.min(16, bytes.length) + 1)),
  inserted: (bytes, random) => {
    const at = place(bytes.length + 1, random);
    return joined(bytes.subarray(0, at), random.bytes(1 + random.below(16)), bytes.subarray(at));
  },
  deleted: (bytes, random) => {
    if (bytes.length === 0) return bytes;
    const [from, to] = span(bytes, random);
    return joined(bytes.subarray(0, from), bytes.subarray(to));
  },
  repeated: (bytes, random) => {
    if (bytes.length === 0) return bytes;
    const [from, to] = span(bytes, random);
    return joined(bytes.subarray(0, to), bytes.subarray(from));
  },
  'blanked out': (bytes, random) =>
    altered(bytes, (copy) => {
      const [from, to] = span(copy, random);
      copy.fill(random.pick([0, 0xff, 0x20]), from, to);
    }),
  'garbage after the end': (bytes, random) => joined(bytes, random.bytes(1 + random.below(64))),
  'zeros after the end': (bytes, random) => joined(bytes, new Uint8Array(1 + random.below(64))),
  'the file twice': (bytes) => joined(bytes, bytes),
  'line ends rewritten': (bytes) =>
    Uint8Array.from([...bytes].flatMap((byte) => (byte === 0x0a ? [0x0d, 0x0a] : [byte]))),
  'read as UTF-8': (bytes) => new TextEncoder().encode(new TextDecoder().decode(bytes)),
  'a byte order mark': (bytes) => joined(Uint8Array.of(0xef, 0xbb, 0xbf), bytes),
  empty: () => new Uint8Array(0),
  noise: (_, random) => random.bytes(random.below(256)),
};

export interface Mutated<T> {
  readonly what: string;
  readonly value: T;
}

/** Bytes with one to three kinds of damage. */
export const mutatedBytes = (bytes: Uint8Array, random: Random): Mutated<Uint8Array> => {
  const names = Object.keys(MUTATIONS);
  const chosen = Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, () => random.pick(names));
  const value = chosen.reduce((current, name) => MUTATIONS[name]?.(current, random) ?? current, bytes);
  return { what: chosen.join(', '), value };
};
