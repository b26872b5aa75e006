// Safetensors in memory. The format has no checksum: a file whose structure is whole is taken, and what is read must be
// what stands in the file, tensor by tensor, checked here without the reader.
import {
  encodeSafetensors,
  float32,
  int32,
  parseSafetensors,
  type Safetensors,
  type StoredArray,
  type StoredArrays,
} from '@mapping-networks/core';
import { mutatedBytes, type Mutated } from '../mutations/bytes.ts';
import { mutatedJson } from '../mutations/json.ts';
import { HOSTILE_INTEGERS } from '../mutations/numbers.ts';
import { REFUSE, type Attack, type Format, type Judgement } from '../oracle/attack.ts';
import type { Random } from '../random.ts';

const numbers = (count: number): Float32Array => Float32Array.from({ length: count }, (_, i) => i / 7 - 1);

const SEEDS: readonly (readonly [StoredArrays, Readonly<Record<string, string>>])[] = [
  [{ z: float32(numbers(16)) }, {}],
  [
    {
      'conv1/z': float32(numbers(6), [2, 3]),
      step: int32(Int32Array.of(7, -9)),
      one: float32(numbers(1), []),
    },
    {},
  ],
  [
    { 'é/\u{1f600}': float32(numbers(4), [2, 2]), none: float32(numbers(0)) },
    { format: 'x', note: '{"a":1}' },
  ],
  [
    {
      z: { dtype: 'float16', shape: [2, 3], data: Uint16Array.of(0, 0x3c00, 0x8001, 0x7bff, 0x7c00, 0xffff) },
      m: { dtype: 'bfloat16', shape: [3], data: Uint16Array.of(0x3f80, 0xc000, 0x7f80) },
      codes: { dtype: 'int8', shape: [5], data: Int8Array.of(-128, -1, 0, 1, 127) },
      packed: { dtype: 'uint8', shape: [1, 3], data: Uint8Array.of(0x80, 0xff, 0x0f) },
    },
    {},
  ],
  [Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`layer${i}.kernel`, float32(numbers(i))])), {}],
];

/** The header of a whole file as JSON, and its data. */
export const opened = (bytes: Uint8Array): { readonly header: unknown; readonly data: Uint8Array } => {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  return { header, data: bytes.subarray(8 + length) };
};

/** A file of any header text, with a header length of its own if one is given. */
export const assembled = (header: string, data: Uint8Array, claimed?: bigint): Uint8Array => {
  const text = new TextEncoder().encode(header);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, claimed ?? BigInt(text.length), true);
  return new Uint8Array(Buffer.concat([length, text, data]));
};

/** A million tensors, a million sides: headers of megabytes that are whole or nearly. */
const largeHeader = (random: Random): Mutated<string> => {
  const count = random.pick([1_000, 20_000, 200_000]);
  const entry = '{"dtype":"F32","shape":[0],"data_offsets":[0,0]}';
  return random.pick([
    () => ({
      what: 'many tensors',
      value: `{${Array.from({ length: count }, (_, i) => `"${i}":${entry}`).join(',')}}`,
    }),
    () => ({
      what: 'many sides',
      value: `{"z":{"dtype":"F32","shape":[${Array(count).fill('1').join(',')}],"data_offsets":[0,4]}}`,
    }),
    () => ({
      what: 'a long name',
      value: `{"${'n'.repeat(count)}":{"dtype":"F64","shape":[0],"data_offsets":[0,0]}}`,
    }),
    () => ({ what: 'a header of spaces', value: ' '.repeat(20 * count) }),
  ])();
};

interface HostileFile extends Mutated<Uint8Array> {
  /** Broken beyond what its bytes tell JSON.parse. */
  readonly twice?: boolean;
}

const hostileFile = (seed: Uint8Array, random: Random): HostileFile => {
  const { header, data } = opened(seed);
  if (random.chance(0.35)) return mutatedBytes(seed, random);
  if (random.chance(0.1)) {
    const claimed = random.pick(HOSTILE_INTEGERS);
    return { what: `a header of ${claimed} bytes`, value: assembled(JSON.stringify(header), data, claimed) };
  }
  const { value, ...rest } = random.chance(0.01) ? largeHeader(random) : mutatedJson(header, random);
  return { ...rest, value: assembled(value, random.chance(0.8) ? data : mutatedBytes(data, random).value) };
};

const bytesOf = ({ data }: StoredArray): Buffer => Buffer.from(data.buffer, data.byteOffset, data.byteLength);

const sameArray = (a: StoredArray, b: StoredArray | undefined): boolean =>
  a.dtype === b?.dtype && a.shape.join() === b.shape.join() && bytesOf(a).equals(bytesOf(b));

/** Whether two sets of arrays are the same to the bit. */
export const sameArrays = (a: StoredArrays, b: StoredArrays): boolean =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(a).every(([name, array]) => Object.hasOwn(b, name) && sameArray(array, b[name]));

const sameTexts = (a: Safetensors['metadata'], b: Safetensors['metadata']): boolean =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(a).every(([key, text]) => b[key] === text);

/** The width of a number of each type, and what the reader calls it. */
const TYPES = {
  F32: [4, 'float32'],
  I32: [4, 'int32'],
  F16: [2, 'float16'],
  BF16: [2, 'bfloat16'],
  I8: [1, 'int8'],
  U8: [1, 'uint8'],
} as const;

interface Entry {
  readonly dtype: keyof typeof TYPES;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** Whether what was read is what stands in the file, and the file is whole: all data used, in order, once. */
const holds = (bytes: Uint8Array, { arrays }: Safetensors): boolean => {
  const { header, data } = opened(bytes);
  const entries = Object.entries(header as Record<string, Entry>).filter(([name]) => name !== '__metadata__');
  const used = entries.map(([, entry]) => entry.data_offsets).toSorted(([a, b], [c, d]) => a - c || b - d);
  const tiles =
    used.every(([from], i) => from === (used[i - 1]?.[1] ?? 0)) && (used.at(-1)?.[1] ?? 0) === data.length;
  return (
    tiles &&
    entries.length === Object.keys(arrays).length &&
    entries.every(
      ([
        name,
        {
          dtype,
          shape,
          data_offsets: [from, to],
        },
      ]) => {
        const [width, type] = TYPES[dtype];
        const array = Object.hasOwn(arrays, name) ? arrays[name] : undefined;
        const elements = shape.reduce((product, side) => product * BigInt(side), 1n);
        return (
          elements * BigInt(width) === BigInt(to - from) &&
          array?.dtype === type &&
          array.shape.join() === shape.join() &&
          bytesOf(array).equals(data.subarray(from, to))
        );
      },
    )
  );
};

/** Of a value that was read from damaged bytes. */
const judge = (
  value: Safetensors,
  [arrays, metadata]: (typeof SEEDS)[number],
  damaged: Uint8Array,
): Judgement => {
  if (sameArrays(value.arrays, arrays) && sameTexts(value.metadata, metadata)) return 'equal';
  return holds(damaged, value) ? 'other' : { wrong: 'read as something else than it says' };
};

export const safetensors: Format = {
  name: 'safetensors',
  mostBytes: 400 * 2 ** 20,
  open: () => {
    const files = SEEDS.map((seed) => [seed, encodeSafetensors(...seed)] as const);
    return Promise.resolve((random: Random): Attack => {
      const [seed, bytes] = random.pick(files);
      const { what, value: damaged, twice = false } = hostileFile(bytes, random);
      return {
        what,
        read: () => parseSafetensors(damaged, 'latent.safetensors'),
        judge: twice ? REFUSE : (value) => judge(value as Safetensors, seed, damaged),
      };
    });
  },
};
