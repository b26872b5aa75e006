// Constants that a bundle holds as bytes: written and read with the trainables of the same file, and bounded before they
// are looked at.
import {
  canonicalJson,
  createRegistry,
  decodeBundle,
  definePlugin,
  direct,
  encodeBundle,
  encodeSafetensors,
  float32,
  int32,
  MappingNetworksError,
  parseSafetensors,
  type BundleFiles,
  type ConstantCoding,
  type Model,
  type NamedArrays,
  type Plugin,
  type StoredArray,
} from '@mapping-networks/core';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { oneKernel } from './support/one-kernel.ts';

const SIZE = 6;
const NAME = 'fc.kernel';

const net = oneKernel(SIZE);

/** Whole numbers that differ from the first trainable by less than 128, as what they differ by; later ones are 0. */
const coding: ConstantCoding = {
  mostBytes: SIZE,
  operations: () => 1e6,
  encode: ({ data }, trainables) => Uint8Array.from(data, (value) => value - first(trainables) + 128),
  decode: (bytes, trainables) => {
    if (bytes.includes(255))
      throw new MappingNetworksError({ code: 'TEST_NO_CODE', problem: 'No 255.', remedy: 'Write others.' });
    const values = Int32Array.from(bytes, (byte) => byte - 128 + first(trainables));
    const all = new Int32Array(SIZE);
    all.set(values);
    return int32(all);
  },
};

const first = (trainables: NamedArrays): number => trainables[NAME]?.data[0] ?? Number.NaN;

/** `direct` with an offset for each weight, which is coded, and one for all, which is not. */
const offset: Plugin<'parameterization', 'offset', object, object> = definePlugin({
  kind: 'parameterization',
  name: 'offset',
  summary: 'Weights that are moved.',
  options: z.strictObject({}),
  slots: {},
  create: () => ({
    ...direct().impl,
    constants: () => [
      { name: 'each', shape: [SIZE], dtype: 'int32', coding },
      { name: 'all', shape: [], dtype: 'int32' },
    ],
    bind: (space, constants) => {
      const map = direct().impl.bind(space);
      const all = constants?.['all']?.data[0] ?? 0;
      return {
        ...map,
        operations: 10,
        generate: (trainables) =>
          map.generate(trainables).map((value, i) => value + all + (constants?.['each']?.data[i] ?? 0)),
      };
    },
  }),
});

const registry = createRegistry([net, offset]);

const model: Model = {
  target: net(),
  parameterization: offset(),
  trainables: { [NAME]: float32(Float32Array.of(40, 1, 2, 3, 4, 5), [SIZE, 1]) },
  buffers: {},
  constants: {
    each: int32(Int32Array.of(40, 41, 0, -7, 99, 3)),
    all: int32(Int32Array.of(1000), []),
  },
};

const files = encodeBundle(model);
const { arrays } = parseSafetensors(files['latent.safetensors'], 'latent.safetensors');

/** With another array in the place of the coded constant, and the checksum made anew. */
const forged = (array: StoredArray): BundleFiles => {
  const latent = encodeSafetensors({ ...arrays, 'constant/each': array });
  const { checksum: _, ...config } = JSON.parse(files['config.json']) as Record<string, unknown>;
  const checksum = createHash('sha256').update(canonicalJson(config)).update(latent).digest('hex');
  return { 'latent.safetensors': latent, 'config.json': JSON.stringify({ ...config, checksum }) };
};

const bytes = (...data: readonly number[]): StoredArray => ({
  dtype: 'uint8',
  shape: [data.length],
  data: Uint8Array.from(data),
});

test('a coded constant is written as bytes, any other as it is; both come back', () => {
  expect(arrays['constant/each']).toEqual(bytes(128, 129, 88, 81, 187, 91));
  expect(arrays['constant/all']).toEqual(model.constants?.['all']);
  expect(decodeBundle(files, registry).constants).toEqual(model.constants);
});

test('trainables are those of the file, also where it holds them in fewer bits', () => {
  const encoded: Model = { ...model, encoding: { [NAME]: { type: 'float16' } } };
  const again = decodeBundle(encodeBundle(encoded), registry);
  expect(again.constants).toEqual(model.constants);
  expect(again.encoding).toEqual(encoded.encoding);
});

describe('refused', () => {
  test.each<[string, StoredArray]>([
    ['not coded', model.constants?.['each'] as StoredArray],
    ['another type', { dtype: 'int8', shape: [1], data: Int8Array.of(1) }],
    ['no bytes', bytes()],
    ['a byte too many', bytes(1, 2, 3, 4, 5, 6, 7)],
    ['no list', { dtype: 'uint8', shape: [], data: Uint8Array.of(1) }],
  ])('CORE_WRONG_SHAPE: %s', (_name, array) => {
    const read = (): Model => decodeBundle(forged(array), registry);
    expect(read).toThrow(expect.objectContaining({ code: 'CORE_WRONG_SHAPE' }));
    expect(read).toThrow(/'constant\/each' to be uint8 \[1 to 6\], got /);
  });

  test('what the coding does not decode, by its own error', () => {
    const read = (): Model => decodeBundle(forged(bytes(1, 255)), registry);
    expect(read).toThrow(expect.objectContaining({ code: 'TEST_NO_CODE' }));
  });

  test('another array under the old fingerprint, and nothing is decoded under another checksum', () => {
    const other = forged(bytes(1, 2, 3));
    expect(() => decodeBundle(other, registry)).toThrow(
      expect.objectContaining({ code: 'CORE_FINGERPRINT_MISMATCH' }),
    );
    const unsealed = { ...forged(bytes(255)), 'config.json': files['config.json'] };
    expect(() => decodeBundle(unsealed, registry)).toThrow(
      expect.objectContaining({ code: 'CORE_CHECKSUM_MISMATCH' }),
    );
  });

  test('CORE_BUNDLE_TOO_LARGE: decoding takes operations, too', () => {
    const within =
      (operations: number): (() => Model) =>
      () =>
        decodeBundle(files, registry, { operations });
    expect(within(1_000_010)).not.toThrow();
    expect(within(1_000_009)).toThrow(expect.objectContaining({ code: 'CORE_BUNDLE_TOO_LARGE' }));
  });
});
