// Damaged bundles get the verdict of core: what one refuses the other refuses, what one takes the other takes with the
// same weights. The damage is that of the fuzzers.
import {
  createRegistry,
  decodeBundle,
  dense,
  direct,
  encodeBundle,
  float32,
  hadamard,
  int32,
  mapping,
  modelFingerprint,
  oneHot,
  type BundleFiles,
  type Model,
} from '@mapping-networks/core';
import { lowRank } from '@mapping-networks/low-rank';
import { masked } from '@mapping-networks/prune';
import { fakeQuantized } from '@mapping-networks/quantize';
import { everything, load, RuntimeError } from '@mapping-networks/runtime';
import { cnn2, feedForward, mlp } from '@mapping-networks/targets';
import { expect, test } from 'vitest';
import { hostileBundle } from '../../../fuzz/src/formats/bundle.ts';
import { randomOf } from '../../../fuzz/src/random.ts';
import { modelOf } from './support/bundles.ts';

const registry = createRegistry([
  cnn2,
  feedForward,
  mlp,
  direct,
  mapping,
  masked,
  lowRank,
  fakeQuantized,
  dense,
  hadamard,
  oneHot,
]);

const small = feedForward({
  input: [6, 5, 2],
  layers: [
    { type: 'conv2d', name: 'first', filters: 3, kernelSize: 2, padding: 'same', init: { type: 'glorot' } },
    { type: 'batchNorm', epsilon: 0.01 },
    { type: 'avgPool2d', poolSize: 2 },
    { type: 'gelu' },
    { type: 'dropout', rate: 0.5 },
    { type: 'flatten' },
    { type: 'dense', units: 3, bias: false, init: { type: 'normal', mean: 0, std: 0.1 } },
  ],
});

const data: NonNullable<Model['data']> = {
  name: 'glyphs',
  inputShape: [28, 28, 1],
  task: 'classification',
  classes: ['zero', 'ein\u0308s', 'Infinity', '\u{1f602}'],
  normalization: { scale: 255, mean: 0.5, std: 0.5 },
};

const metrics = { 'test.accuracy': 0.75, 'test.loss': 1 / 3 };

const words = Math.ceil(small.impl.parameters.size / 32);

const SEEDS: readonly Model[] = [
  { ...modelOf(mlp({ hidden: [3] }), mapping({ latentDim: 16 })), data, metrics },
  modelOf(small, direct()),
  {
    ...modelOf(
      small,
      mapping({
        latentDim: 12,
        strategy: 'layerwise',
        allocation: 'proportional',
        activation: { type: 'sin', omega: 3 },
        modulation: 'vector',
        projection: oneHot(),
        train: ['latent', 'bias'],
      }),
    ),
    metrics,
  },
  modelOf(small, mapping({ latentDim: 4, projection: dense(), train: ['projection'], seed: 9 })),
  modelOf(small, masked({ inner: mapping({ latentDim: 4, modulation: 'linear' }) }), {
    mask: int32(new Int32Array(words).fill(5)),
  }),
  modelOf(small, lowRank({ rank: { first: 2, dense1: 1 }, inner: mapping({ latentDim: 4 }) })),
  modelOf(mlp({ hidden: [20] }), lowRank({ energy: 0.4, layers: ['fc1'] })),
  modelOf(
    small,
    fakeQuantized({ inner: mapping({ latentDim: 4 }), type: 'int4', range: 'mse', symmetric: false }),
  ),
  modelOf(
    small,
    fakeQuantized({
      inner: masked({ inner: lowRank({ rank: 1, layers: 'all', inner: direct() }) }),
      granularity: 'tensor',
      bias: true,
    }),
    { 'inner/mask': int32(new Int32Array(words).fill(7)) },
  ),
];

/** A latent of 9 numbers on a grid, in blocks of 4. */
const onGrid = (type: 'int8' | 'int4'): Model => {
  const scales = Float32Array.of(0.3, 2, 1e-3);
  const codes = [-8, 7, 0, 1, -1, 3, 5, -5, 2];
  const z = float32(Float32Array.from(codes, (code, i) => (scales[i >> 2] ?? 0) * code));
  const model = modelOf(small, mapping({ latentDim: 9 }));
  return { ...model, trainables: { z }, encoding: { z: { type, block: 4, scales } } };
};

const inHalf = (type: 'float16' | 'bfloat16'): Model => {
  const z = float32(Float32Array.of(1, -0.5, 2 ** -14, 0, -0, type === 'float16' ? 3 * 2 ** -24 : 2 ** 100));
  return { ...modelOf(small, mapping({ latentDim: 6 })), trainables: { z }, encoding: { z: { type } } };
};

const ENCODED = [onGrid('int8'), onGrid('int4'), inHalf('float16'), inHalf('bfloat16')];

const verdicts = async (files: BundleFiles): Promise<{ core: string; runtime: string }> => {
  let core = 'refused';
  try {
    core = modelFingerprint(decodeBundle(files, registry));
  } catch {
    // A verdict, too.
  }
  try {
    return { core, runtime: (await load(files, everything)).hash };
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error;
    // Short and printable, whatever the file says.
    expect(error.message).toMatch(/^[ -~]{1,200}$/);
    expect(error.code).toMatch(/^RUNTIME_[A-Z_]+$/);
    return { core, runtime: 'refused' };
  }
};

const ALL = [...SEEDS, ...ENCODED];

test.each([...ALL.keys()])('bundle %d: the verdicts of core on 100 damaged copies', async (seed) => {
  const files = encodeBundle(ALL[seed] as Model);
  expect(await verdicts(files)).toEqual({
    core: expect.not.stringMatching('refused'),
    runtime: expect.anything(),
  });
  let refused = 0;
  for (let index = 0; index < 100; index++) {
    const { what, value } = hostileBundle(files, randomOf(4, `runtime ${seed}`, index));
    const { core, runtime } = await verdicts(value);
    expect(`${what}: ${runtime}`).toBe(`${what}: ${core}`);
    if (core === 'refused') refused += 1;
  }
  expect(refused).toBeGreaterThan(40);
  expect(refused).toBeLessThan(100);
});
