// Bundles whose trainables are stored in fewer bits: kept bit for bit, and refused where anything about them is wrong.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  canonicalJson,
  createRegistry,
  decodeBundle,
  decodeHalf,
  direct,
  encodeBundle,
  encodeSafetensors,
  float32,
  int32,
  modelFingerprint,
  parseSafetensors,
  zeros,
  type BundleFiles,
  type LatentEncoding,
  type Model,
  type StoredArray,
  type StoredArrays,
} from '@mapping-networks/core';
import { createHash } from 'node:crypto';
import { oneKernel } from './support/one-kernel.ts';

const SIZE = 11;

/** One kernel of eleven weights. */
const net = oneKernel(SIZE, [{ name: 'mean', shape: [3], initial: 0 }]);

const registry = createRegistry([net, direct]);
const NAME = 'fc.kernel';

const model = (data: Float32Array, encoding?: LatentEncoding): Model => ({
  target: net(),
  parameterization: direct(),
  trainables: { [NAME]: float32(data, [SIZE, 1]) },
  buffers: { mean: zeros([3]) },
  ...(encoding && { encoding: { [NAME]: encoding } }),
});

const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const trained = ({ trainables }: Model): Float32Array => trainables[NAME]?.data as Float32Array;
const scale = fc.float({ min: Math.fround(1e-30), max: Math.fround(1e30), noNaN: true });

/** A model on any grid: any scales, any codes. */
const onGrid = fc
  .record({
    type: fc.constantFrom('int8' as const, 'int4' as const),
    block: fc.option(fc.integer({ min: 1, max: 15 }), { nil: undefined }),
    scales: fc.array(scale, { minLength: SIZE, maxLength: SIZE }),
    codes: fc.array(fc.integer({ min: -128, max: 127 }), { minLength: SIZE, maxLength: SIZE }),
  })
  .map(({ type, block, scales: all, codes }) => {
    const scales = Float32Array.from(all.slice(0, block === undefined ? 1 : Math.ceil(SIZE / block)));
    const values = codes.map((each, i) => {
      const bounded = type === 'int8' ? each : each >> 4;
      return Math.fround((scales[block === undefined ? 0 : Math.floor(i / block)] ?? 0) * bounded) + 0;
    });
    return model(Float32Array.from(values), { type, ...(block !== undefined && { block }), scales });
  });

const inHalf = fc
  .record({
    type: fc.constantFrom('float16' as const, 'bfloat16' as const),
    bits: fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: SIZE, maxLength: SIZE }),
  })
  .map(({ type, bits }) => {
    const values = decodeHalf(type, Uint16Array.from(bits));
    return model(
      values.map((value) => (Number.isFinite(value) ? value : 1)),
      { type },
    );
  });

const int4 = (): Model =>
  model(
    Float32Array.from({ length: SIZE }, (_, i) => (i - 5) / 4),
    {
      type: 'int4',
      block: 4,
      scales: Float32Array.of(0.25, 0.25, 0.25),
    },
  );

describe('an encoded trainable', () => {
  it('comes back bit for bit, with its encoding', () => {
    fc.assert(
      fc.property(fc.oneof(onGrid, inHalf), (given) => {
        const files = encodeBundle(given);
        const again = decodeBundle(files, registry);
        expect(trained(again).every((value, i) => Object.is(value, trained(given)[i]))).toBe(true);
        expect(again.encoding).toEqual(given.encoding);
        expect(modelFingerprint(again)).toBe(modelFingerprint(given));
        expect(encodeBundle(again)).toEqual(files);
      }),
      { numRuns: 500 },
    );
  });

  it('stands in the file as documented', () => {
    const { arrays } = parseSafetensors(encodeBundle(int4())['latent.safetensors']);
    // Wide numbers first.
    expect(Object.keys(arrays)).toEqual([`scale/${NAME}`, 'buffer/mean', NAME]);
    expect(arrays[NAME]).toEqual({
      dtype: 'uint8',
      shape: [6],
      // −5, −4 | −3, −2 | −1, 0 | 1, 2 | 3, 4 | 5: the first of two in the lower half.
      data: Uint8Array.of(0xcb, 0xed, 0x0f, 0x21, 0x43, 0x05),
    });
    expect(JSON.parse(encodeBundle(int4())['config.json'])).toMatchObject({
      encoding: { [NAME]: { type: 'int4', block: 4 } },
    });
    const int8 = {
      ...int4(),
      encoding: { [NAME]: { type: 'int8', scales: Float32Array.of(0.25) } as const },
    };
    const file = parseSafetensors(encodeBundle(int8)['latent.safetensors']).arrays;
    expect(file[NAME]).toMatchObject({ dtype: 'int8', shape: [SIZE, 1] });
    expect(JSON.parse(encodeBundle(int8)['config.json'])).toMatchObject({
      encoding: { [NAME]: { type: 'int8' } },
    });
  });

  it('off its grid is refused before anything is written', () => {
    const values = Float32Array.from(trained(int4()), (value, i) => (i === 7 ? value + 1e-6 : value));
    const moved = { ...int4(), trainables: { [NAME]: float32(values, [SIZE, 1]) } };
    expect(() => encodeBundle(moved)).toThrow(/'fc.kernel' holds 0.50000.* at place 7.*int4.*Encode last/s);
    expect(() => encodeBundle(moved)).toThrow(code('CORE_OFF_GRID'));
    const minusZero = model(new Float32Array(SIZE).fill(-0), { type: 'int8', scales: Float32Array.of(1) });
    expect(() => encodeBundle(minusZero)).toThrow(code('CORE_OFF_GRID'));
    expect(() => encodeBundle(model(new Float32Array(SIZE).fill(0.1), { type: 'float16' }))).toThrow(
      code('CORE_OFF_GRID'),
    );
  });

  test.each<[string, LatentEncoding, RegExp]>([
    ['too few scales', { type: 'int8', block: 4, scales: Float32Array.of(1) }, /expected 3 scales, got 1/],
    ['NaN as a scale', { type: 'int8', scales: Float32Array.of(Number.NaN) }, /scales above 0, got NaN/],
    ['a scale of 0', { type: 'int4', scales: Float32Array.of(0) }, /scales above 0, got 0 for block 0/],
    ['blocks of nothing', { type: 'int4', block: 0, scales: Float32Array.of(1) }, /at least 1 value, got 0/],
  ])('with %s is refused', (_, encoding, message) => {
    const given = model(new Float32Array(SIZE), encoding);
    expect(() => encodeBundle(given)).toThrow(message);
    expect(() => encodeBundle(given)).toThrow(code('CORE_INVALID_ENCODING'));
  });

  it('of another name is refused', () => {
    const given: Model = { ...int4(), encoding: { z: { type: 'float16' } } };
    expect(() => encodeBundle(given)).toThrow(/'z'.*no such trainable/);
  });
});

describe('a bundle with encodings that was altered', () => {
  type Config = Record<string, unknown>;

  /** The files with other arrays and another config, the checksum made anew, as an attacker would. */
  const altered = (
    arrays: (stored: StoredArrays) => StoredArrays,
    config: (given: Config) => Config = (given) => given,
  ): BundleFiles => {
    const files = encodeBundle(int4());
    const latent = encodeSafetensors(arrays(parseSafetensors(files['latent.safetensors']).arrays));
    const { checksum: _, ...rest } = config(JSON.parse(files['config.json']) as Config);
    const checksum = createHash('sha256').update(canonicalJson(rest)).update(latent).digest('hex');
    return { 'latent.safetensors': latent, 'config.json': JSON.stringify({ ...rest, checksum }) };
  };
  const same = (stored: StoredArrays): StoredArrays => stored;
  const uint8 = (data: Uint8Array): StoredArray => ({ dtype: 'uint8', shape: [data.length], data });
  const codes = (stored: StoredArrays): Uint8Array => stored[NAME]?.data as Uint8Array;

  test('is taken where nothing was', () => {
    expect(trained(decodeBundle(altered(same), registry))).toEqual(trained(int4()));
  });

  test.each<[string, (stored: StoredArrays) => StoredArrays, string]>([
    [
      'codes of another type',
      (all) => ({ ...all, [NAME]: { dtype: 'int8', shape: [6], data: new Int8Array(6) } }),
      'CORE_WRONG_SHAPE',
    ],
    ['numbers in place of codes', (all) => ({ ...all, [NAME]: zeros([SIZE, 1]) }), 'CORE_WRONG_SHAPE'],
    ['a code too few', (all) => ({ ...all, [NAME]: uint8(codes(all).subarray(1)) }), 'CORE_WRONG_SHAPE'],
    [
      'a byte more',
      (all) => ({ ...all, [NAME]: uint8(Uint8Array.of(...codes(all), 0)) }),
      'CORE_WRONG_SHAPE',
    ],
    [
      'a code behind the last',
      (all) => ({ ...all, [NAME]: uint8(codes(all).map((byte) => byte | 0x10)) }),
      'CORE_INVALID_ENCODING',
    ],
    [
      'other codes',
      (all) => ({ ...all, [NAME]: uint8(codes(all).map((byte) => byte ^ 1)) }),
      'CORE_FINGERPRINT_MISMATCH',
    ],
    ['a scale too few', (all) => ({ ...all, [`scale/${NAME}`]: zeros([2]) }), 'CORE_WRONG_SHAPE'],
    [
      'whole numbers as scales',
      (all) => ({ ...all, [`scale/${NAME}`]: int32(new Int32Array(3)) }),
      'CORE_WRONG_SHAPE',
    ],
    [
      'no scales',
      ({ [NAME]: its, 'buffer/mean': mean }) => ({ [NAME]: its, 'buffer/mean': mean }) as StoredArrays,
      'CORE_MISSING_TENSOR',
    ],
    ['scales of 0', (all) => ({ ...all, [`scale/${NAME}`]: zeros([3]) }), 'CORE_INVALID_ENCODING'],
    [
      'scales below 0',
      (all) => ({ ...all, [`scale/${NAME}`]: float32(Float32Array.of(1, -1, 1)) }),
      'CORE_INVALID_ENCODING',
    ],
    [
      'NaN as a scale',
      (all) => ({ ...all, [`scale/${NAME}`]: float32(Float32Array.of(1, Number.NaN, 1)) }),
      'CORE_NON_FINITE_TENSOR',
    ],
    [
      'scales so large that weights are infinite',
      (all) => ({ ...all, [`scale/${NAME}`]: float32(new Float32Array(3).fill(3e38)) }),
      'CORE_NON_FINITE_TENSOR',
    ],
    ['scales of something else', (all) => ({ ...all, 'scale/z': zeros([1]) }), 'CORE_UNEXPECTED_TENSOR'],
    [
      'a buffer in half precision',
      (all) => ({ ...all, 'buffer/mean': { dtype: 'float16', shape: [3], data: new Uint16Array(3) } }),
      'CORE_WRONG_SHAPE',
    ],
  ])('with %s is refused', (_, change, expected) => {
    expect(() => decodeBundle(altered(change), registry)).toThrow(code(expected));
  });

  test.each<[string, unknown, string]>([
    ['of another type', { [NAME]: { type: 'int8' } }, 'CORE_WRONG_SHAPE'],
    ['of an unknown type', { [NAME]: { type: 'int2' } }, 'CORE_INVALID_CONFIG'],
    ['with blocks of nothing', { [NAME]: { type: 'int4', block: 0 } }, 'CORE_INVALID_CONFIG'],
    ['with blocks of half precision', { [NAME]: { type: 'float16', block: 4 } }, 'CORE_INVALID_CONFIG'],
    ['with other blocks', { [NAME]: { type: 'int4', block: 3 } }, 'CORE_WRONG_SHAPE'],
    [
      'with scales of its own',
      { [NAME]: { type: 'int4', block: 4, scales: [1, 1, 1] } },
      'CORE_INVALID_CONFIG',
    ],
    [
      'of what there is not',
      { [NAME]: { type: 'int4', block: 4 }, z: { type: 'int4' } },
      'CORE_INVALID_ENCODING',
    ],
    [
      'of what every object has',
      { [NAME]: { type: 'int4', block: 4 }, constructor: { type: 'int4' } },
      'CORE_INVALID_ENCODING',
    ],
    ['left out', undefined, 'CORE_UNEXPECTED_TENSOR'],
  ])('with an encoding %s is refused', (_, encoding, expected) => {
    const files = altered(same, ({ encoding: _old, ...config }) => ({
      ...config,
      ...(encoding !== undefined && { encoding }),
    }));
    expect(() => decodeBundle(files, registry)).toThrow(code(expected));
  });

  test('without a checksum made anew is refused for that', () => {
    const files = encodeBundle(int4());
    const latent = Uint8Array.from(files['latent.safetensors']);
    latent[latent.length - 1] = 0x04;
    expect(() => decodeBundle({ ...files, 'latent.safetensors': latent }, registry)).toThrow(
      code('CORE_CHECKSUM_MISMATCH'),
    );
  });
});
