// A network of 23 parameters, passes that do one thing to it, and a context that needs no engine.
import {
  bias,
  definePlugin,
  direct,
  float32,
  kernel,
  modelMap,
  modelTheta,
  parameterSpace,
  type ArrayTensor,
  type Model,
  type NamedArrays,
  type Parameterization,
  type Part,
  type PassContext,
  type PassResult,
  type PassStage,
  type Plugin,
  type WeightFormat,
} from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';

interface TwoLayers {
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
}

const side = z.int().min(1).max(100);

/** Two dense layers. */
export const twoLayers: Plugin<'target', 'twoLayers', TwoLayers, TwoLayers> = definePlugin({
  kind: 'target',
  name: 'twoLayers',
  summary: 'Two dense layers.',
  options: z.strictObject({ inputs: side, hidden: side, outputs: side }),
  slots: {},
  create: ({ inputs, hidden, outputs }) => ({
    inputShape: [inputs],
    outputShape: [outputs],
    parameters: parameterSpace([
      kernel('fc1', [inputs, hidden]),
      bias('fc1', hidden),
      kernel('fc2', [hidden, outputs]),
      bias('fc2', outputs),
    ]),
    buffers: [],
    masks: [],
    apply: (parameters, buffers, x) => {
      const layer = (input: tf.Tensor, name: string): tf.Tensor =>
        tf.add(
          tf.matMul(input, parameters[`${name}.kernel`] as tf.Tensor),
          parameters[`${name}.bias`] as tf.Tensor,
        );
      return { output: layer(tf.relu(layer(x, 'fc1')), 'fc2'), buffers };
    },
  }),
});

const parts = { target: twoLayers({ inputs: 4, hidden: 3, outputs: 2 }), parameterization: direct() };

/** fc1: [4, 3] and 3, fc2: [3, 2] and 2. */
export const network: Model = {
  ...parts,
  trainables: modelMap(parts).init(0),
  buffers: {},
  metrics: { 'test.accuracy': 1 },
};

export const mapped = (
  arrays: NamedArrays,
  change: (value: number, index: number, name: string) => number,
): NamedArrays =>
  Object.fromEntries(
    Object.entries(arrays).map(([name, { data, shape }]) => [
      name,
      float32(
        Float32Array.from(data, (value, i) => change(value, i, name)),
        shape,
      ),
    ]),
  );

/** A pass of any stage. */
export const tinyPass = (
  name: string,
  apply: (model: Model, context: PassContext) => PassResult | Promise<PassResult>,
  stage: PassStage = 'prune',
): Part<'pass'> => ({
  kind: 'pass',
  name,
  options: { strength: 1 },
  impl: { stage, apply: async (model, context) => apply(model, context) },
});

/** Every trainable times a half. */
export const halve = (stage: PassStage = 'prune'): Part<'pass'> =>
  tinyPass(
    `halve-${stage}`,
    (model) => ({ model: { ...model, trainables: mapped(model.trainables, (value) => value / 2) } }),
    stage,
  );

/** The first nine weights of fc1.kernel are zero. */
export const zeroNine: Part<'pass'> = tinyPass('zeroNine', (model) => ({
  model: {
    ...model,
    trainables: mapped(model.trainables, (value, i, name) => (name === 'fc1.kernel' && i < 9 ? 0 : value)),
  },
  details: { zeroed: 9 },
}));

/** `direct` that says in which formats its weights may be stored. */
export const withFormats = (formats: Readonly<Record<string, WeightFormat>>): Part<'pass'> => {
  const inner = direct().impl;
  const impl: Parameterization = {
    learningRate: inner.learningRate,
    bind: (space) => ({ ...inner.bind(space), formats: () => formats }),
  };
  const parameterization = { kind: 'parameterization', name: 'formatted', options: {}, impl } as const;
  return tinyPass('withFormats', (model) => ({ model: { ...model, parameterization } }), 'quantizeWeights');
};

/** Outputs are the weights themselves, as many as are asked for; the loss is their sum. */
export const context: PassContext = {
  evaluate: async (model) => ({ loss: modelTheta(model).reduce((sum, value) => sum + value, 0) }),
  outputs: async (model): Promise<ArrayTensor> => float32(modelTheta(model).slice(0, 6), [3, 2]),
};
