// Each law of parameterizations is broken once, on purpose.
import { parameterizationLaws, type ParameterizationLawOptions } from '@mapping-networks/conformance';
import {
  direct,
  float32,
  kernel,
  mapping,
  parameterSpace,
  type MapChunks,
  type NamedTensors,
  type ParameterMap,
  type Parameterization,
  type Part,
  type Regularizer,
  type WeightFormat,
} from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, test } from 'vitest';
import { onesFor, withWrongFormat } from './broken/factors.ts';
import { expectBroken } from './broken/names.ts';

beforeAll(() => tf.setBackend('cpu'));

const changed = (
  part: Part<'parameterization'>,
  change: (map: ParameterMap) => Partial<ParameterMap>,
): Part<'parameterization'> => {
  const bind: Parameterization['bind'] = (space) => {
    const map = part.impl.bind(space);
    return { ...map, ...change(map) };
  };
  return { ...part, impl: { ...part.impl, bind } };
};

const times = (tensors: NamedTensors, factor: number): NamedTensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tf.mul(tensor, factor)]));

const part = mapping({ latentDim: 12, activation: 'tanh', modulation: 'additive' });
const smoothness = (map: ParameterMap): Regularizer => map.regularizers.smoothness as Regularizer;
const alignment = (map: ParameterMap): Regularizer => map.regularizers.alignment as Regularizer;
const other = parameterSpace([kernel('other', [204, 1])]);

const withChunks = (change: (chunks: MapChunks) => Partial<MapChunks>): Part<'parameterization'> =>
  changed(part, (map) => ({
    chunks: (size) => map.chunks?.(size)?.map((chunks) => ({ ...chunks, ...change(chunks) })),
  }));

const fiveBits: WeightFormat = {
  type: 'int4',
  codes: Int8Array.of(0, 1, 2, 3, 15),
  scales: Float32Array.of(1),
  zeroPoints: Int32Array.of(0),
};

let calls = 0;

const faults: readonly (readonly [string, Part<'parameterization'>, string])[] = [
  ['another space', changed(part, () => ({ space: other })), 'bound to the space given'],
  ['no learning rate', { ...part, impl: { ...part.impl, learningRate: 0 } }, 'learning rate'],
  [
    'one name twice',
    changed(part, (map) => ({ trainables: [...map.trainables, ...map.trainables] })),
    'names of their own',
  ],
  ['an undeclared trainable', changed(part, () => ({ trainables: [] })), 'init gives exactly'],
  [
    'a fresh NaN',
    changed(part, () => ({ init: () => ({ z: float32(new Float32Array(12).fill(Number.NaN)) }) })),
    'init gives exactly',
  ],
  ['a seed that is ignored', changed(part, (map) => ({ init: () => map.init(1) })), 'init depends'],
  ['Math.random', changed(part, (map) => ({ init: () => map.init(calls++) })), 'init depends'],
  [
    'a constant that is trained too',
    changed(part, (map) => ({ frozen: () => ({ ...map.frozen(), ...map.init(0) }) })),
    'are no trainables',
  ],
  [
    'a missing parameter',
    changed(part, (map) => ({
      materialize: (t, f) => ({ ...map.materialize(t, f), 'fc.bias': tf.zeros([4]) }),
    })),
    'exactly the parameters',
  ],
  [
    'θ cut short',
    changed(part, (map) => ({ generate: (t) => map.generate(t).subarray(1) })),
    'generate gives all',
  ],
  [
    'θ from a counter',
    changed(part, (map) => ({ generate: (t) => map.generate(t).map((x) => x + calls++) })),
    'generate gives all',
  ],
  [
    'tensors off by 1e-4',
    changed(part, (map) => ({ materialize: (t, f) => times(map.materialize(t, f), 1.0001) })),
    'agrees with generate',
  ],
  [
    'tensors that most often round to the other side',
    changed(part, (map) => ({
      rounding: 0.1,
      materialize: (t, f) => times(map.materialize(t, f), 1.01),
    })),
    'agrees with generate',
  ],
  [
    'tensors that are more than a step away',
    changed(part, (map) => ({ rounding: 1e-3, materialize: (t, f) => times(map.materialize(t, f), 1.01) })),
    'agrees with generate',
  ],
  [
    'a format that loses bits',
    changed(part, () => ({ formats: () => ({ 'fc.kernel': { type: 'float16' } }) })),
    'formats store exactly',
  ],
  ['factors of no product', changed(part, onesFor('fc.kernel', 1)), 'factors are those'],
  ['factors of no tensor', changed(part, onesFor('other', 1)), 'factors are those'],
  [
    'another map around the same inner one',
    { ...part, impl: { ...part.impl, around: { inner: part, with: () => mapping({ latentDim: 12 }) } } },
    'around its own inner part',
  ],
  [
    'other trainables around the same inner one',
    { ...part, impl: { ...part.impl, around: { inner: part, with: () => direct() } } },
    'around its own inner part',
  ],
  ['a format that a factor does not have', changed(part, withWrongFormat), 'factors are those'],
  ['factors of another shape', changed(part, onesFor('fc.kernel', 2)), 'factors are those'],
  [
    'a format of no tensor',
    changed(part, () => ({ formats: () => ({ other: { type: 'float16' } }) })),
    'formats store exactly',
  ],
  [
    'codes of five bits',
    changed(part, () => ({ formats: () => ({ 'fc.bias': fiveBits }) })),
    'codes are of their type',
  ],
  [
    'a trainable without effect',
    changed(part, (map) => ({
      trainables: [...map.trainables, { name: 'idle', shape: [3] }],
      init: (seed) => ({ ...map.init(seed), idle: float32(Float32Array.of(seed, 1, 2)) }),
    })),
    'every trainable has an effect',
  ],
  [
    'a wrong gradient',
    changed(part, (map) => ({
      materialize: ({ z }, f) => map.materialize({ z: stopped(z as tf.Tensor) }, f),
    })),
    'gradient of materialize',
  ],
  [
    'a kept tensor',
    changed(part, (map) => ({
      materialize: (t, f) => map.materialize({ z: tf.keep(tf.clone(t['z'] as tf.Tensor)) }, f),
    })),
    'no tensor is kept',
  ],
  [
    'tensors at init',
    changed(part, (map) => ({
      init: (seed) => [map.init(seed), tf.scalar(1)][0] as ReturnType<ParameterMap['init']>,
    })),
    'no tensor is kept',
  ],
  [
    'a state',
    changed(part, (map) => ({ materialize: (t, f) => times(map.materialize(t, f), 1 + 1e-7 * calls++) })),
    'the same twice',
  ],
  [
    'twice the smoothness',
    changed(part, (map) => ({
      regularizers: {
        smoothness: {
          ...smoothness(map),
          evaluate: (t, f) => tf.mul<tf.Scalar>(smoothness(map).evaluate(t, f), 2),
        },
      },
    })),
    'squared norm of the Jacobian',
  ],
  [
    'smoothness of other shape',
    changed(part, (map) => ({
      regularizers: {
        smoothness: {
          ...smoothness(map),
          evaluate: (t, f) => tf.reshape(smoothness(map).evaluate(t, f), [1]),
        },
      },
    })),
    'smoothness is a finite scalar',
  ],
  [
    'smoothness that is not constant',
    changed(part, (map) => ({
      regularizers: { smoothness: { ...smoothness(map), constantBecause: 'so it says' } },
    })),
    'is constant, as it says',
  ],
  [
    'smoothness without gradient',
    changed(part, (map) => ({
      regularizers: {
        smoothness: {
          ...smoothness(map),
          evaluate: ({ z }, f) => smoothness(map).evaluate({ z: stopped(z as tf.Tensor) }, f),
        },
      },
    })),
    'gradient of smoothness',
  ],
  [
    'smoothness that keeps',
    changed(part, (map) => ({
      regularizers: {
        smoothness: { ...smoothness(map), evaluate: (t, f) => tf.keep(smoothness(map).evaluate(t, f)) },
      },
    })),
    'smoothness keeps',
  ],
  [
    'alignment that is no cosine',
    changed(part, (map) => ({
      regularizers: {
        alignment: {
          ...alignment(map),
          evaluate: (t, f) => tf.sub<tf.Scalar>(alignment(map).evaluate(t, f), 1.5),
        },
      },
    })),
    'lies between',
  ],
  [
    'chunks of another latent',
    withChunks((chunks) => ({
      inputs: (k) => chunks.inputs(k, { z: float32(new Float32Array(12).fill(2)) }),
    })),
    'the chunks together',
  ],
  [
    'chunks that overwrite the latent',
    withChunks((chunks) => ({
      inputs: (k, trainables, reuse) => {
        reuse?.['z']?.data.fill(1);
        return chunks.inputs(k, trainables, reuse);
      },
    })),
    'leave the trainables alone',
  ],
  [
    'a kept tensor of a chunk',
    withChunks((chunks) => ({ forward: (inputs) => tf.keep(chunks.forward(inputs)) })),
    'no tensor of a chunk',
  ],
];

/** The value without its gradient. */
const stopped = (x: tf.Tensor): tf.Tensor =>
  tf.customGrad((value) => ({
    value: tf.clone(value as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy),
  }))(x);

describe('the suite rejects', () => {
  test.each(faults)('%s', async (_name, broken, fragment) => {
    await expectBroken(parameterizationLaws(broken), fragment);
  });

  test('a Jacobian in trainables that are no latents', async () => {
    const options: ParameterizationLawOptions = { isLatent: () => true };
    const vector = mapping({ latentDim: 12, modulation: 'vector' });
    await expectBroken(parameterizationLaws(vector, options), 'squared norm of the Jacobian');
  });

  test('init tensors of direct that never move', async () => {
    const still = changed(direct(), (map) => ({ init: () => map.init(0) }));
    await expectBroken(parameterizationLaws(still), 'init depends');
  });
});
