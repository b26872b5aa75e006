// What is stored is what is computed: the formats of a map against its weights, bit for bit, on random latents and
// with zeros among the weights.
import fc from 'fast-check';
import {
  bias,
  cut,
  decodeHalf,
  direct,
  encodeHalf,
  float32,
  gain,
  kernel,
  parameterSpace,
} from '@mapping-networks/core';
import { dequantize, fakeQuantized, type WeightQuantization } from '@mapping-networks/quantize';
import { describe, expect, it } from 'vitest';

const space = parameterSpace([
  kernel('conv', [2, 2, 1, 3]),
  gain('norm', 3),
  kernel('fc', [4, 2]),
  bias('fc', 2),
]);
const inner = direct().impl.bind(space);

const options: fc.Arbitrary<WeightQuantization> = fc.record({
  type: fc.constantFrom('int8' as const, 'int4' as const, 'float16' as const, 'bfloat16' as const),
  symmetric: fc.boolean(),
  granularity: fc.constantFrom('tensor' as const, 'channel' as const),
  range: fc.constantFrom('minMax' as const, 'mse' as const),
  bias: fc.boolean(),
});
const numbers = (size: number): fc.Arbitrary<Float32Array> =>
  fc
    .array(fc.oneof(fc.constant(0), fc.float({ noNaN: true, min: -1e6, max: 1e6 })), {
      minLength: size,
      maxLength: size,
    })
    .map((values) => Float32Array.from(values));
const trainables = fc
  .record(Object.fromEntries(space.parameters.map(({ name, size }) => [name, numbers(size)])))
  .map((arrays) =>
    Object.fromEntries(
      space.parameters.map(({ name, shape }) => [name, float32(arrays[name] as Float32Array, shape)]),
    ),
  );

describe('formats', () => {
  it('hold the weights exactly', () => {
    fc.assert(
      fc.property(options, trainables, (how, values) => {
        const map = fakeQuantized({ inner: direct(), ...how }).impl.bind(space);
        const weights = cut(space, map.generate(values));
        const formats = map.formats?.(values) ?? {};
        const rounded = space.parameters.filter(({ role }) => how.bias || role === 'kernel');
        expect(Object.keys(formats)).toEqual(rounded.map(({ name }) => name));
        for (const { name, shape } of rounded) {
          const [format, stored] = [formats[name], weights[name]?.data as Float32Array];
          if (format === undefined) throw new Error(name);
          const read =
            'codes' in format
              ? dequantize(format, shape)
              : decodeHalf(format.type, encodeHalf(format.type, stored));
          expect(format.type).toBe(how.type);
          expect(read.every((value, i) => Object.is(value, stored[i]))).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('leave biases and gains alone unless told otherwise', () => {
    fc.assert(
      fc.property(options, trainables, (how, values) => {
        const map = fakeQuantized({ inner: direct(), ...how, bias: false }).impl.bind(space);
        const [rounded, exact] = [map, inner].map((each) => cut(space, each.generate(values)));
        for (const name of ['norm.gain', 'fc.bias']) expect(rounded?.[name]).toEqual(exact?.[name]);
      }),
      { numRuns: 50 },
    );
  });

  it('give biases one grid each, whatever the granularity', () => {
    const map = fakeQuantized({ inner: direct(), bias: true }).impl.bind(space);
    const formats = map.formats?.(map.init(0)) ?? {};
    const scales = Object.entries(formats).map(([name, format]) => [
      name,
      'scales' in format && format.scales.length,
    ]);
    expect(scales).toEqual([
      ['conv.kernel', 3],
      ['norm.gain', 1],
      ['fc.kernel', 2],
      ['fc.bias', 1],
    ]);
  });

  it('clip what half precision cannot hold', () => {
    const one = parameterSpace([kernel('fc', [2, 1], { type: 'normal', mean: 0, std: 1 })]);
    const map = fakeQuantized({ inner: direct(), type: 'float16' }).impl.bind(one);
    const given = { 'fc.kernel': float32(Float32Array.of(1e6, -7e4), [2, 1]) };
    expect([...map.generate(given)]).toEqual([65_504, -65_504]);
  });
});
