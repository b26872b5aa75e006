// Small networks with random latents, and inputs for them.
import {
  definePlugin,
  direct,
  float32,
  initialBuffers,
  mapping,
  modelMap,
  normal,
  randomKey,
  sizeOf,
  type ArrayTensor,
  type Layer,
  type Model,
  type Part,
  type Target,
} from '@mapping-networks/core';
import { feedForward, sequential } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';

/** Random inputs for a network. */
export const inputsFor = ({ target }: Model, examples: number): ArrayTensor => {
  const shape = [examples, ...target.impl.inputShape];
  return float32(normal(randomKey(1, 'inputs'), sizeOf(shape)), shape);
};

/** A network with a latent of 32 numbers that nothing has trained, and buffers that are not those of the beginning. */
export const networkOf = (
  target: Part<'target'>,
  parameterization: Part<'parameterization'> = mapping({ latentDim: 32 }),
): Model => {
  const trainables = modelMap({ target, parameterization }).init(3);
  const buffers = Object.entries(initialBuffers(target.impl)).map(([name, { shape }]) => {
    const data = normal(randomKey(2, name), sizeOf(shape)).map((value) => 0.5 + value * value);
    return [name, float32(data, shape)] as const;
  });
  return { target, parameterization, trainables, buffers: Object.fromEntries(buffers) };
};

/** Images of 9 × 9 with two channels through these layers to 5 logits. */
export const imageNetwork = (...layers: readonly Layer[]): Model =>
  networkOf(
    feedForward({
      input: [9, 9, 2],
      layers: [
        { type: 'conv2d', name: 'conv', filters: 4, kernelSize: 3, padding: 'same' },
        ...layers,
        { type: 'flatten' },
        { type: 'dense', name: 'fc', units: 5 },
      ],
    }),
  );

const doubled = definePlugin({
  kind: 'target',
  name: 'doubled',
  summary: 'x W, twice: no list of layers.',
  options: z.strictObject({}),
  slots: {},
  create: () => {
    const { network: _, ...linear } = sequential({
      input: [4],
      layers: [{ type: 'dense', name: 'fc', units: 4 }],
    });
    const apply: Target['apply'] = (parameters, buffers, x, context) => {
      const once = linear.apply(parameters, buffers, x, context).output;
      const twice = linear.apply(parameters, buffers, once, context);
      tf.dispose(once);
      return twice;
    };
    return { ...linear, apply };
  },
});

/** A network whose target is a function. */
export const functionNetwork = (parameterization: Part<'parameterization'> = direct()): Model =>
  networkOf(doubled(), parameterization);
