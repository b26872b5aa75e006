// Parameter spaces: order, offsets, counts, layers; a flat θ and named tensors are two views of one thing.
import {
  bias,
  cut,
  cutTensor,
  float32,
  gain,
  initMoments,
  join,
  kernel,
  normal,
  parameterSpace,
  randomKey,
  type ParameterSpec,
} from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';

beforeAll(() => tf.setBackend('cpu'));

const side = fc.integer({ min: 1, max: 4 });
const anyLayer = (layer: string): fc.Arbitrary<ParameterSpec[]> =>
  fc
    .tuple(fc.array(side, { minLength: 2, maxLength: 4 }), fc.boolean(), fc.boolean())
    .map(([shape, biased, gained]) => {
      const units = shape.at(-1) ?? 1;
      return [
        [kernel(layer, shape)],
        biased ? [bias(layer, units)] : [],
        gained ? [gain(layer, units)] : [],
      ].flat();
    });
const anySpecs = fc
  .integer({ min: 1, max: 5 })
  .chain((layers) => fc.tuple(...Array.from({ length: layers }, (_, i) => anyLayer(`layer${i}`))))
  .map((layers) => layers.flat());
const anySpace = anySpecs.map(parameterSpace);

const product = (shape: readonly number[]): number => {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
};

describe('a space', () => {
  test('keeps the order given, without gaps', () => {
    fc.assert(
      fc.property(anySpecs, (specs) => {
        const space = parameterSpace(specs);
        let offset = 0;
        space.parameters.forEach((parameter, i) => {
          expect(parameter).toMatchObject({ ...specs[i], offset, size: product(parameter.shape) });
          offset += parameter.size;
        });
        expect(space.size).toBe(offset);
      }),
    );
  });

  test('groups parameters by layer, in order, without gaps', () => {
    fc.assert(
      fc.property(anySpace, (space) => {
        expect(space.layers.flatMap(({ parameters }) => parameters)).toEqual(space.parameters);
        let offset = 0;
        for (const layer of space.layers) {
          expect(layer.offset).toBe(offset);
          expect(layer.size).toBe(layer.parameters.reduce((sum, { size }) => sum + size, 0));
          expect(new Set(layer.parameters.map(({ layer }) => layer))).toEqual(new Set([layer.layer]));
          offset += layer.size;
        }
        expect(offset).toBe(space.size);
        expect(new Set(space.layers.map(({ layer }) => layer)).size).toBe(space.layers.length);
      }),
    );
  });

  test('counts CNN2 of the paper', () => {
    const space = parameterSpace([
      kernel('conv1', [3, 3, 1, 16]),
      bias('conv1', 16),
      kernel('conv2', [3, 3, 16, 32]),
      bias('conv2', 32),
      kernel('fc1', [800, 128]),
      bias('fc1', 128),
      kernel('fc2', [128, 10]),
      bias('fc2', 10),
    ]);
    expect(space.size).toBe(108_618);
    expect(space.layers.map(({ size }) => size)).toEqual([160, 4640, 102_528, 1290]);
  });

  test('is frozen and holds nothing of the caller', () => {
    const shape = [2, 3];
    const space = parameterSpace([kernel('fc', shape)]);
    shape[0] = 7;
    const [parameter] = space.parameters;
    expect(parameter?.shape).toEqual([2, 3]);
    const parts = [
      space,
      space.parameters,
      space.layers,
      space.layers[0],
      space.layers[0]?.parameters,
      parameter,
      parameter?.shape,
    ];
    for (const part of parts) expect(Object.isFrozen(part)).toBe(true);
  });

  test('takes scalars', () => {
    expect(parameterSpace([{ ...bias('scale', 1), shape: [] }]).size).toBe(1);
  });
});

describe('fans and initialisers', () => {
  test.each([
    [kernel('fc', [784, 10]), 784, 10],
    [kernel('conv', [3, 5, 16, 32]), 3 * 5 * 16, 3 * 5 * 32],
    [kernel('conv1d', [7, 4, 8]), 28, 56],
    [bias('fc', 10), 1, 10],
    [gain('norm', 10), 1, 10],
  ])('$name', (spec, fanIn, fanOut) => {
    expect(spec).toMatchObject({ fanIn, fanOut });
  });

  test('standard deviations of He, Glorot and plain normals', () => {
    const spec = kernel('fc', [50, 14]);
    expect(initMoments(spec)).toEqual({ mean: 0, std: 0.2 });
    expect(initMoments({ ...spec, init: { type: 'glorot' } })).toEqual({ mean: 0, std: Math.sqrt(2 / 64) });
    expect(initMoments({ ...spec, init: { type: 'normal', mean: 1, std: 3 } })).toEqual({ mean: 1, std: 3 });
  });
});

describe('a space refuses', () => {
  const fc1 = kernel('fc1', [2, 2]);
  test.each<[string, readonly ParameterSpec[], string]>([
    ['nothing', [], 'CORE_EMPTY_SPACE'],
    ['one name twice', [fc1, fc1], 'CORE_DUPLICATE_PARAMETER'],
    ['a side of 0', [{ ...fc1, shape: [0, 2] }], 'CORE_INVALID_PARAMETER'],
    ['half a side', [{ ...fc1, shape: [1.5, 2] }], 'CORE_INVALID_PARAMETER'],
    ['no fan-in', [{ ...fc1, fanIn: 0 }], 'CORE_INVALID_PARAMETER'],
    ['an unknown fan-out', [{ ...fc1, fanOut: Number.NaN }], 'CORE_INVALID_PARAMETER'],
    ['an infinite fan', [{ ...fc1, fanIn: Infinity }], 'CORE_INVALID_PARAMETER'],
    [
      'a std of 0, with which nothing trains',
      [{ ...fc1, init: { type: 'normal', mean: 0, std: 0 } }],
      'CORE_INVALID_PARAMETER',
    ],
    ['a negative std', [{ ...fc1, init: { type: 'normal', mean: 0, std: -1 } }], 'CORE_INVALID_PARAMETER'],
    ['no mean', [{ ...fc1, init: { type: 'normal', mean: Number.NaN, std: 1 } }], 'CORE_INVALID_PARAMETER'],
    ['more numbers than an engine can hold', [kernel('fc', [2 ** 15, 2 ** 15 + 1])], 'CORE_SPACE_TOO_LARGE'],
    ['a layer in two places', [fc1, kernel('fc2', [2, 2]), bias('fc1', 2)], 'CORE_INVALID_PARAMETER'],
  ])('%s', (_name, specs, code) => {
    expect(() => parameterSpace(specs)).toThrow(expect.objectContaining({ code }));
  });
});

describe('cut and join', () => {
  const thetaOf = (size: number): Float32Array => normal(randomKey(size), size);

  test('are inverse', () => {
    fc.assert(
      fc.property(anySpace, (space) => {
        const theta = thetaOf(space.size);
        const named = cut(space, theta);
        expect(Object.keys(named)).toEqual(space.parameters.map(({ name }) => name));
        for (const { name, shape } of space.parameters) expect(named[name]?.shape).toEqual(shape);
        expect(join(space, named)).toEqual(theta);
        expect(cut(space, join(space, named))).toEqual(named);
      }),
    );
  });

  test('agree on tensors', () => {
    fc.assert(
      fc.property(anySpace, (space) => {
        const before = tf.memory().numTensors;
        const theta = thetaOf(space.size);
        const named = cut(space, theta);
        tf.tidy(() => {
          for (const [name, tensor] of Object.entries(cutTensor(space, tf.tensor1d(theta)))) {
            expect(tensor.shape).toEqual(named[name]?.shape);
            expect(tensor.dataSync()).toEqual(named[name]?.data);
          }
        });
        expect(tf.memory().numTensors).toBe(before);
      }),
      { numRuns: 20 },
    );
  });

  test('cut gives views, join a copy', () => {
    const space = parameterSpace([kernel('fc', [2, 2]), bias('fc', 2)]);
    const theta = thetaOf(6);
    const named = cut(space, theta);
    const joined = join(space, named);
    theta[4] = 42;
    expect(named['fc.bias']?.data[0]).toBe(42);
    expect(joined[4]).not.toBe(42);
  });

  test('join finds tensors by name, whatever their order', () => {
    const space = parameterSpace([kernel('fc', [2, 2]), bias('fc', 2)]);
    const theta = thetaOf(6);
    expect(join(space, Object.fromEntries(Object.entries(cut(space, theta)).toReversed()))).toEqual(theta);
  });

  test('refuse what does not fit', () => {
    const space = parameterSpace([kernel('fc', [2, 2]), bias('fc', 2)]);
    const named = cut(space, thetaOf(6));
    expect(() => cut(space, thetaOf(7))).toThrow(expect.objectContaining({ code: 'CORE_WRONG_LENGTH' }));
    expect(() => join(space, { 'fc.kernel': named['fc.kernel'] ?? float32(thetaOf(1)) })).toThrow(
      expect.objectContaining({ code: 'CORE_MISSING_TENSOR', message: expect.stringContaining("'fc.bias'") }),
    );
    expect(() => join(space, { ...named, 'fc.bias': float32(thetaOf(3)) })).toThrow(
      expect.objectContaining({ code: 'CORE_WRONG_LENGTH' }),
    );
  });
});
