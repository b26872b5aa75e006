// A mapped network starts like a freshly initialised one: on unit-variance inputs, layer by layer, the variance of its
// pre-activations, averaged over 32 seeds, is within 20 % of a He-initialised network's.
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { wasm } from '@mapping-networks/engine-eager';
import {
  cut,
  direct,
  mapping,
  normal,
  oneHot,
  randomKey,
  type MappingInput,
  type NamedTensors,
  type ParameterSpace,
  type Part,
} from '@mapping-networks/core';
import { sequential, type Layer } from '@mapping-networks/targets';

const SEEDS = 32;

/** CNN2, its last layer widened: a variance over 10 units is mostly noise. */
const layers: readonly Layer[] = [
  { type: 'conv2d', name: 'conv1', filters: 16, kernelSize: 3 },
  { type: 'relu' },
  { type: 'maxPool2d', poolSize: 2 },
  { type: 'conv2d', name: 'conv2', filters: 32, kernelSize: 3 },
  { type: 'relu' },
  { type: 'maxPool2d', poolSize: 2 },
  { type: 'flatten' },
  { type: 'dense', name: 'fc1', units: 128 },
  { type: 'relu' },
  { type: 'dense', name: 'fc2', units: 200 },
];

const weighted = layers
  .map(({ type }, i) => (type === 'conv2d' || type === 'dense' ? i : -1))
  .filter((i) => i >= 0);

const tensorsOf = (space: ParameterSpace, theta: Float32Array): NamedTensors =>
  Object.fromEntries(
    Object.entries(cut(space, theta)).map(([name, { data, shape }]) => [name, tf.tensor(data, [...shape])]),
  );

/** Each seed is another map and another latent. */
type Seeded = (seed: number) => Part<'parameterization'>;

/** For each layer with weights, the variance of its outputs over a batch, averaged over seeds. */
const variances = (parameterizationOf: Seeded, x: tf.Tensor): number[] => {
  const space = sequential({ input: [28, 28, 1], layers }).parameters;
  const depths = weighted.map((i) => sequential({ input: [28, 28, 1], layers: layers.slice(0, i + 1) }));
  const sums = depths.map(() => 0);
  for (let seed = 0; seed < SEEDS; seed++) {
    tf.tidy(() => {
      const map = parameterizationOf(seed).impl.bind(space);
      const parameters = tensorsOf(space, map.generate(map.init(seed)));
      depths.forEach((target, i) => {
        const { output } = target.apply(parameters, {}, x, { training: false, masks: {} });
        sums[i] = (sums[i] as number) + (tf.moments(output).variance.dataSync()[0] as number) / SEEDS;
      });
    });
  }
  return sums;
};

describe('activation variance', () => {
  let x: tf.Tensor;
  let reference: number[];
  beforeAll(async () => {
    (await wasm().impl.open()).dispose();
    await tf.setBackend('wasm');
    x = tf.tensor(normal(randomKey(0, 'input'), 4 * 784), [4, 28, 28, 1]);
    reference = variances(() => direct(), x);
    return () => x.dispose();
  });

  const variants: Readonly<Record<string, Omit<MappingInput, 'seed'>>> = {
    'one latent': { latentDim: 2048 },
    'one latent a layer': { latentDim: 1872, strategy: 'layerwise' },
    'one-hot': { latentDim: 2048, projection: oneHot() },
    tanh: { latentDim: 2048, activation: 'tanh' },
    sin: { latentDim: 2048, activation: { type: 'sin', omega: 2 } },
  };
  test.each(Object.entries(variants))('%s', (_, input) => {
    const mapped = variances((seed) => mapping({ ...input, seed }), x);
    mapped.forEach((variance, i) => {
      expect(variance / (reference[i] as number)).toBeGreaterThan(0.8);
      expect(variance / (reference[i] as number)).toBeLessThan(1.2);
    });
  });
});
