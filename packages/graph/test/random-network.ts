// Networks of all types of layers, with weights and running statistics drawn at random.
import {
  float32,
  sizeOf,
  type ArrayTensor,
  type NamedArrays,
  type Step,
  type Target,
} from '@mapping-networks/core';
import { ACTIVATIONS, type Layer } from '@mapping-networks/core';
import { sequential } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';

/** Numbers in (−1, 1) from a seed. */
export const noise = (shape: readonly number[], seed: number): ArrayTensor => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
  return float32(Float32Array.from({ length: sizeOf(shape) }, next), shape);
};

/** Weights that keep the size of what they multiply, biases, running statistics with positive variances. */
export const randomWeights = ({ parameters, buffers }: Target, seed: number): NamedArrays => {
  const drawn = (name: string, shape: readonly number[], at: number): [string, ArrayTensor] => {
    const scale = shape.length > 1 ? 2 / Math.sqrt(sizeOf(shape.slice(0, -1))) : 0.5;
    const positive = name.endsWith('runningVariance');
    const { data } = noise(shape, seed + 31 * at);
    const fitting = (value: number): number => (positive ? Math.abs(value) + 0.2 : value * scale);
    return [name, float32(Float32Array.from(data, fitting), shape)];
  };
  const tensors = [...parameters.parameters, ...buffers];
  return Object.fromEntries(tensors.map(({ name, shape }, at) => drawn(name, shape, at)));
};

/** Logits of a target as a step over x, its weights and its buffers. */
export const inferenceOf =
  (target: Target): Step =>
  ({ x, ...weights }) => ({
    logits: target.apply(weights, weights, x as tf.Tensor, { training: false, masks: {} }).output,
  });

/** The same on TensorFlow.js. */
export const logitsOf = (target: Target, weights: NamedArrays, x: ArrayTensor): Float32Array =>
  tf.tidy(() => {
    const tensors = Object.fromEntries(
      Object.entries({ ...weights, x }).map(([name, { data, shape }]) => [name, tf.tensor(data, [...shape])]),
    );
    return inferenceOf(target)(tensors)['logits']?.dataSync() as Float32Array;
  });

const small = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });

const padding = fc.constantFrom('same', 'valid');

/** Layers that take images; a window that does not fit makes `sequential` throw. */
const onImages: fc.Arbitrary<Layer> = fc.oneof(
  fc.record({
    type: fc.constant('conv2d'),
    filters: small(4),
    kernelSize: small(3),
    strides: small(2),
    padding,
    bias: fc.boolean(),
  }),
  fc.record({
    type: fc.constantFrom('maxPool2d', 'avgPool2d'),
    poolSize: small(3),
    strides: small(3),
    padding,
  }),
  fc.record({ type: fc.constantFrom(...ACTIVATIONS, 'batchNorm') }),
);

const onVectors: fc.Arbitrary<Layer> = fc.oneof(
  fc.record({ type: fc.constant('dense'), units: small(6), bias: fc.boolean() }),
  fc.record({ type: fc.constantFrom(...ACTIVATIONS, 'batchNorm') }),
  fc.record({ type: fc.constant('dropout'), rate: fc.constant(0.5) }),
);

/** Some layers over images, then over vectors; undefined where their windows do not fit. */
export const randomNetwork: fc.Arbitrary<Target | undefined> = fc
  .record({
    input: fc.tuple(fc.integer({ min: 4, max: 9 }), fc.integer({ min: 4, max: 9 }), small(3)),
    images: fc.array(onImages, { maxLength: 5 }),
    end: fc.constantFrom<'flatten' | 'globalAvgPool2d'>('flatten', 'globalAvgPool2d'),
    vectors: fc.array(onVectors, { maxLength: 4 }),
  })
  .map(({ input, images, end, vectors }) => {
    try {
      return sequential({ input, layers: [...images, { type: end }, ...vectors] });
    } catch {
      return undefined;
    }
  });
