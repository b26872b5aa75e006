// Random networks of layers, random masks that leave nothing of some units, and their outputs.
import {
  direct,
  float32,
  int32,
  modelMap,
  modelParameters,
  prefixed,
  unprefixed,
  type ActivationName,
  type Layer,
  type Model,
  type NamedArrays,
} from '@mapping-networks/core';
import { masked } from '@mapping-networks/prune';
import { ACTIVATIONS, feedForward } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { networkOf } from './network.ts';

const activation = fc.constantFrom<ActivationName>(...ACTIVATIONS).map((type): Layer => ({ type }));
const maybe = (layer: fc.Arbitrary<Layer>): fc.Arbitrary<readonly Layer[]> =>
  fc.option(layer).map((chosen) => (chosen === null ? [] : [chosen]));
const norm = fc.constant<Layer>({ type: 'batchNorm', epsilon: 0.01 });
const dropout = fc.constant<Layer>({ type: 'dropout', rate: 0.5 });
const padding = fc.constantFrom<'same' | 'valid'>('same', 'valid');

const conv = fc.record({
  type: fc.constant('conv2d' as const),
  filters: fc.integer({ min: 1, max: 5 }),
  kernelSize: fc.integer({ min: 1, max: 3 }),
  strides: fc.constantFrom(1, 2),
  padding,
  bias: fc.boolean(),
});
const pool = fc.record({
  type: fc.constantFrom('maxPool2d' as const, 'avgPool2d' as const),
  poolSize: fc.constantFrom(1, 2),
  padding: fc.constant('same' as const),
});
const dense = fc.record({
  type: fc.constant('dense' as const),
  units: fc.integer({ min: 1, max: 6 }),
  bias: fc.boolean(),
});

const joined = (...parts: readonly fc.Arbitrary<readonly Layer[]>[]): fc.Arbitrary<readonly Layer[]> =>
  fc.tuple(...parts).map((lists) => lists.flat());

const convBlock = joined(
  conv.map((layer): Layer[] => [layer]),
  maybe(norm),
  maybe(activation),
  maybe(pool),
  maybe(norm),
);
const denseBlock = joined(
  dense.map((layer): Layer[] => [layer]),
  maybe(activation),
  maybe(norm),
  maybe(dropout),
);
/** From an image to one axis. */
const flattened = fc.oneof(
  fc.constant<readonly Layer[]>([{ type: 'flatten' }]),
  fc.constant<readonly Layer[]>([{ type: 'flatten' }, { type: 'batchNorm' }]),
  fc.constant<readonly Layer[]>([{ type: 'globalAvgPool2d' }]),
);

/** 13×13 and two channels in, 3 numbers out; a window that would be too large for its image is padded. */
export const layeredNetworks: fc.Arbitrary<readonly Layer[]> = joined(
  maybe(norm),
  fc.array(convBlock, { maxLength: 3 }).map((blocks) => blocks.flat()),
  flattened,
  fc.array(denseBlock, { maxLength: 2 }).map((blocks) => blocks.flat()),
  fc.constant<readonly Layer[]>([{ type: 'dense', units: 3 }]),
).map((layers) => {
  const seen = { convolutions: 0 };
  return layers.map((layer) =>
    layer.type === 'conv2d' && seen.convolutions++ > 1 ? { ...layer, padding: 'same' as const } : layer,
  );
});

/** Numbers that look random, in [−1, 1). */
const noise = (seed: number, size: number): Float32Array =>
  Float32Array.from(
    { length: size },
    (_, i) => (Math.sin((i + 1) * 12.9898 + seed * 78.233) * 43758.5453) % 1,
  );

/** A network of these layers with weights, and buffers as training would leave them. */
export const layered = (layers: readonly Layer[], seed: number, input = [13, 13, 2]): Model => {
  const model = networkOf(feedForward({ input, layers }), direct(), seed);
  const buffers = Object.fromEntries(
    Object.entries(model.buffers).map(([name, { shape, data }]) => [
      name,
      float32(
        noise(seed, data.length).map((value) => (name.endsWith('Variance') ? 1.5 + value : value)),
        shape,
      ),
    ]),
  );
  // Biases start small; here they are as large as what they are added to.
  const trainables = Object.fromEntries(
    Object.entries(model.trainables).map(([name, { shape, data }]) => [
      name,
      float32(
        Float32Array.from(data, (value) => (name.endsWith('bias') ? 10 * value : value)),
        shape,
      ),
    ]),
  );
  return { ...model, trainables, buffers };
};

/**
 * The network under a mask without some units: of each, either what it reads, or what it reads and adds, or what it
 * scales and adds, or nothing but what reads it is left.
 */
export const withoutUnits = (model: Model, share: number, seed: number): Model => {
  const { target, parameterization } = model;
  const space = target.impl.parameters;
  const kept = new Uint8Array(space.size).fill(1);
  for (const [t, { name, offset, size, shape }] of space.parameters.entries()) {
    const units = shape.at(-1) ?? 1;
    const chosen = noise(seed + t, units).map((value) => (Math.abs(value) < share ? 0 : 1));
    // Biases of half of them, so that some units without weights give a number.
    const also = name.endsWith('kernel') || (seed + t) % 2 === 0;
    for (let i = 0; i < size; i++) if (also && chosen[i % units] === 0) kept[offset + i] = 0;
    const inputs = shape.at(-2);
    if (inputs === undefined) continue;
    const unread = noise(seed + t + 100, inputs).map((value) => (Math.abs(value) < share / 2 ? 0 : 1));
    for (let i = 0; i < size; i++) if (unread[Math.floor(i / units) % inputs] === 0) kept[offset + i] = 0;
  }
  const words = new Int32Array(Math.ceil(kept.length / 32));
  kept.forEach((bit, i) => (words[i >> 5] = (words[i >> 5] ?? 0) | (bit << (i % 32))));
  return {
    ...model,
    parameterization: masked({ inner: parameterization }),
    constants: { mask: int32(words) },
  };
};

const tensors = (arrays: NamedArrays): Record<string, tf.Tensor> =>
  Object.fromEntries(
    Object.entries(arrays).map(([name, { data, shape }]) => [name, tf.tensor(data, [...shape])]),
  );

/** What a network says to two random inputs, by its map's tensors. */
export const outputsOf = (model: Model, seed: number): Float32Array => {
  const { impl } = model.target;
  const size = impl.inputShape.reduce((all, side) => all * side, 1);
  const map = modelMap(model);
  return tf.tidy(() => {
    const all = tensors({ ...prefixed('t/', model.trainables), ...prefixed('f/', map.frozen()) });
    const parameters = map.materialize(unprefixed('t/', all), unprefixed('f/', all));
    const x = tf.tensor(noise(seed, 2 * size), [2, ...impl.inputShape]);
    const context = { training: false, masks: {} };
    return impl.apply(parameters, tensors(model.buffers), x, context).output.dataSync() as Float32Array;
  });
};

export const sizesOf = (model: Model): Readonly<Record<string, readonly number[]>> =>
  Object.fromEntries(Object.entries(modelParameters(model)).map(([name, { shape }]) => [name, shape]));
