// Weights under a mask: the laws of parameterizations, exact zeros, what is trained, and what a wrong mask meets.
import { parameterizationLaws, partLaws } from '@mapping-networks/conformance';
import {
  bias,
  createRegistry,
  decodeBundle,
  dense,
  direct,
  encodeBundle,
  hadamard,
  int32,
  kernel,
  mapping,
  modelMap,
  modelTheta,
  oneHot,
  parameterSpace,
  prefixed,
  type ArrayTensor,
  type ConstantCoding,
  type Model,
  type NamedArrays,
  type Part,
  type WeightFormat,
} from '@mapping-networks/core';
import { masked } from '@mapping-networks/prune';
import { mlp } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';

beforeAll(() => tf.setBackend('cpu'));

/** Bits of `kept` in words of 32, the first lowest. */
const mask = (kept: readonly boolean[]): ArrayTensor => {
  const words = new Int32Array(Math.ceil(kept.length / 32));
  kept.forEach((bit, i) => bit && (words[i >> 5] = (words[i >> 5] ?? 0) | (1 << (i % 32))));
  return int32(words);
};

/** About `share` of `size` bits, the same every time. */
const someOf = (size: number, share: number): readonly boolean[] =>
  Array.from({ length: size }, (_, i) => (i * 0.618034) % 1 < share);

const third: NamedArrays = { mask: mask(someOf(204, 0.4)) };

describe.each<[string, Part<'parameterization'>, NamedArrays]>([
  ['direct', masked({ inner: direct() }), third],
  ['mapping', masked({ inner: mapping({ latentDim: 24 }) }), third],
  [
    'layer-wise, sin, linear',
    masked({
      inner: mapping({ latentDim: 24, strategy: 'layerwise', activation: 'sin', modulation: 'linear' }),
    }),
    third,
  ],
  ['everything kept', masked({ inner: mapping({ latentDim: 24 }) }), { mask: mask(someOf(204, 2)) }],
  [
    'masked twice',
    masked({ inner: masked({ inner: mapping({ latentDim: 24 }) }) }),
    { ...third, ...prefixed('inner/', { mask: mask(someOf(204, 0.7)) }) },
  ],
])('the laws for %s', (_name, part, constants) => {
  for (const { name, check } of parameterizationLaws(part, { constants })) test(name, check);
  for (const { name, check } of partLaws(part, [masked, direct, mapping, hadamard, oneHot, dense]))
    test(name, check);
});

test('the mask decides bit by bit, in words of 32, and zeros have no sign', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 130 }), (kept) => {
      const space = parameterSpace([kernel('fc', [1, kept.length])]);
      const inner = direct().impl.bind(space);
      const map = masked({ inner: direct() }).impl.bind(space, { mask: mask(kept) });
      const full = inner.generate(inner.init(3));
      const expected = full.map((value, i) => (kept[i] ? value : 0));
      expect(map.generate(map.init(3))).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

test('what is trained is what the inner map trains, and only through what is kept', () => {
  const space = parameterSpace([kernel('fc', [6, 4]), bias('fc', 4)]);
  const kept = someOf(28, 0.3);
  const inner = mapping({ latentDim: 7, activation: 'tanh' });
  const map = masked({ inner }).impl.bind(space, { mask: mask(kept) });
  expect(map.trainables).toEqual(inner.impl.bind(space).trainables);
  const at = Float64Array.from(map.init(1)['z']?.data ?? []);
  const weights = Array.from({ length: 28 }, (_, i) => Math.sin(i + 1));
  // Σ w_i θ_i over what is kept, by differences of the unmasked map.
  const unmasked = inner.impl.bind(space);
  const value = (z: Float64Array): number =>
    unmasked
      .generate({ z: { dtype: 'float32', shape: [7], data: Float32Array.from(z) } })
      .reduce((sum, theta, i) => sum + (kept[i] ? theta * (weights[i] ?? 0) : 0), 0);
  const before = tf.memory().numTensors;
  const gradient = tf.tidy(() => {
    const frozen = Object.fromEntries(
      Object.entries(map.frozen()).map(([name, { data, shape, dtype }]) => [
        name,
        tf.tensor(data, [...shape], dtype),
      ]),
    );
    const loss = (z: tf.Tensor): tf.Scalar => {
      const values = map.materialize({ z }, frozen);
      const flat = tf.concat(
        space.parameters.map(({ name, size }) => tf.reshape(values[name] as tf.Tensor, [size])),
      );
      return tf.sum(tf.mul(flat, weights));
    };
    return tf
      .grad(loss)(tf.tensor1d([...at]))
      .dataSync();
  });
  expect(tf.memory().numTensors).toBe(before);
  at.forEach((_, j) => {
    const moved = (by: number): number => value(at.map((z, k) => (k === j ? z + by : z)));
    expect(gradient[j]).toBeCloseTo((moved(0.01) - moved(-0.01)) / 0.02, 3);
  });
});

test('a trained network with a mask is stored with it and comes back', () => {
  const target = mlp({ inputShape: [5], hidden: [4], classes: 3 });
  const parameterization = masked({ inner: mapping({ latentDim: 6 }) });
  const { size } = target.impl.parameters;
  const constants = { mask: mask(someOf(size, 0.5)) };
  const trainables = modelMap({ target, parameterization }).init(0);
  const model: Model = { target, parameterization, trainables, buffers: {}, constants };
  const again = decodeBundle(encodeBundle(model), createRegistry([mlp, masked, mapping, hadamard]));
  expect(again.constants).toEqual(constants);
  expect(modelTheta(again)).toEqual(modelTheta(model));
});

describe('in a bundle', () => {
  const space = parameterSpace([kernel('fc', [5, 7])]);
  const codingOf = (part: Part<'parameterization'>): ConstantCoding => {
    const coding = part.impl.constants?.(space)[0]?.coding;
    if (!coding) throw new Error('no coding');
    return coding;
  };
  const inner = mapping({ latentDim: 4 });
  const trainables = inner.impl.bind(space).init(2);

  test('a mask is foretold by the weights before it, and by none that are masked themselves', () => {
    const [one, two] = [codingOf(masked({ inner })), codingOf(masked({ inner: masked({ inner }) }))];
    const magnitudes = inner.impl.bind(space).generate(trainables).map(Math.abs);
    const middle = [...magnitudes].toSorted((a, b) => a - b)[17] ?? 0;
    const large = mask([...magnitudes].map((value) => value > middle));
    expect(one.encode(large, trainables).length).toBeLessThan(two.encode(large, trainables).length);
    for (const coding of [one, two])
      expect(coding.decode(coding.encode(large, trainables), trainables)).toEqual(large);
    expect(one.operations() - two.operations()).toBe(inner.impl.bind(space).operations);
    expect(two.encode(large, {})).toEqual(two.encode(large, trainables));
  });

  test('PRUNE_INVALID_MASK: bytes that no mask has, and the mask of another network', () => {
    const coding = codingOf(masked({ inner }));
    const error = expect.objectContaining({ code: 'PRUNE_INVALID_MASK' });
    for (const bytes of [[0], [64], [31, 0], [31, 1, 2, 3, 4, 5, 6, 7, 8, 9]])
      expect(() => coding.decode(Uint8Array.from(bytes), trainables)).toThrow(error);
    expect(() => coding.encode(int32(Int32Array.of(1)), trainables)).toThrow(error);
  });

  test('sixty masks one on another are told apart at once', () => {
    let asked = 0;
    const innermost = direct();
    const counting: Part<'parameterization'> = {
      ...innermost,
      impl: { ...innermost.impl, constants: () => ((asked += 1), []) },
    };
    const part = Array.from({ length: 60 }).reduce<typeof counting>(
      (all) => masked({ inner: all }),
      counting,
    );
    const specs = part.impl.constants?.(space) ?? [];
    expect(specs.map(({ coding }) => coding?.operations())).toEqual(
      Array.from({ length: 60 }, () => expect.any(Number)),
    );
    expect(asked).toBe(1);
  });
});

/** Values on the grid that `format` says, of the one tensor `fc.kernel`. */
const onGrid = (format: WeightFormat): Part<'parameterization'> => {
  const part = direct();
  return {
    ...part,
    impl: {
      ...part.impl,
      bind: (space) => ({
        ...part.impl.bind(space),
        rounding: 0.01,
        operations: 12,
        formats: () => ({ 'fc.kernel': format }),
      }),
    },
  };
};

describe('formats', () => {
  const space = parameterSpace([kernel('fc', [3, 2])]);
  const constants = { mask: int32(Int32Array.of(0b110101)) };
  const formatOf = (format: WeightFormat): WeightFormat | undefined => {
    const map = masked({ inner: onGrid(format) }).impl.bind(space, constants);
    expect([map.rounding, map.operations]).toEqual([0.01, 12]);
    return map.formats?.(map.init(0))['fc.kernel'];
  };
  const grid = (zeroPoints: readonly number[], axis?: number): WeightFormat => ({
    type: 'int4',
    codes: Int8Array.of(1, 2, 3, 4, 5, 6),
    scales: Float32Array.from(zeroPoints, () => 0.5),
    zeroPoints: Int32Array.from(zeroPoints),
    ...(axis !== undefined && { axis }),
  });

  test('a weight that is not kept has the code of zero, for its slice', () => {
    expect(formatOf(grid([-3]))).toEqual({ ...grid([-3]), codes: Int8Array.of(1, -3, 3, -3, 5, 6) });
    expect(formatOf(grid([0, 7], 1))).toEqual({ ...grid([0, 7], 1), codes: Int8Array.of(1, 7, 3, 7, 5, 6) });
    expect(formatOf(grid([5, 6, 7], 0))).toEqual({
      ...grid([5, 6, 7], 0),
      codes: Int8Array.of(1, 5, 3, 6, 5, 6),
    });
  });

  test('halves hold zero; a grid without zero holds nothing', () => {
    expect(formatOf({ type: 'float16' })).toEqual({ type: 'float16' });
    expect(formatOf(grid([9]))).toBeUndefined();
    expect(masked({ inner: direct() }).impl.bind(space, constants).formats).toBeUndefined();
  });
});

describe('refused', () => {
  const space = parameterSpace([kernel('fc', [5, 7])]);
  const bind = (array?: ArrayTensor): (() => Float32Array) => {
    const map = masked({ inner: direct() }).impl.bind(space, array && { mask: array });
    return () => map.generate(map.init(0));
  };

  test('PRUNE_MISSING_MASK: weights without a mask, though trainables are told', () => {
    expect(bind()).toThrow(expect.objectContaining({ code: 'PRUNE_MISSING_MASK' }));
    const map = masked({ inner: direct() }).impl.bind(space);
    expect(map.trainables).toEqual([{ name: 'fc.kernel', shape: [5, 7] }]);
    expect(() => map.frozen()).toThrow(/prune\(\{ sparsity/);
  });

  test.each<[string, ArrayTensor]>([
    ['too short', int32(Int32Array.of(1))],
    ['too long', int32(Int32Array.of(1, 2, 3))],
    ['two axes', int32(Int32Array.of(1, 2), [1, 2])],
    ['floats', { dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) }],
    ['bits behind the last parameter', int32(Int32Array.of(-1, 0b1000))],
  ])('PRUNE_INVALID_MASK: %s', (_name, array) => {
    expect(() => bind(array)).toThrow(expect.objectContaining({ code: 'PRUNE_INVALID_MASK' }));
  });

  test('the last bit that there is', () => {
    expect(bind(int32(Int32Array.of(0, 0b100)))().filter((value) => value !== 0)).toHaveLength(1);
  });
});
