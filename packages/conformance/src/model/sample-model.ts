// The network that laws of passes and exporters work on: a convolution and two dense layers, as plain data too, and
// forward passes of any network without an engine.
import {
  bias,
  definePlugin,
  direct,
  float32,
  kernel,
  modelMap,
  modelParameters,
  parameterSpace,
  sizeOf,
  type AnyPlugin,
  type ArrayTensor,
  type LayeredNetwork,
  type Model,
  type NamedTensors,
  type Plugin,
} from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { gaussian } from '../checks/random-arrays.ts';
import { onTensors } from '../checks/tensors.ts';

const NETWORK: LayeredNetwork = {
  input: [6, 6, 1],
  layers: [
    { type: 'conv2d', name: 'conv1', filters: 4, kernelSize: 3 },
    { type: 'relu', name: 'relu1' },
    { type: 'flatten', name: 'flatten1' },
    { type: 'dense', name: 'fc1', units: 16 },
    { type: 'relu', name: 'relu2' },
    { type: 'dense', name: 'fc2', units: 4 },
  ],
};

const SPACE = parameterSpace([
  kernel('conv1', [3, 3, 1, 4]),
  bias('conv1', 4),
  kernel('fc1', [64, 16]),
  bias('fc1', 16),
  kernel('fc2', [16, 4]),
  bias('fc2', 4),
]);

const tensor = (tensors: NamedTensors, name: string): tf.Tensor => tensors[name] as tf.Tensor;

const affine = (x: tf.Tensor, tensors: NamedTensors, layer: string): tf.Tensor =>
  tf.add(tf.matMul(x, tensor(tensors, `${layer}.kernel`)), tensor(tensors, `${layer}.bias`));

/** The target of the sample, as a plugin without options: a bundle names it. */
export const sampleTarget: Plugin<'target', 'conformanceSample', object, object> = definePlugin({
  kind: 'target',
  name: 'conformanceSample',
  summary: 'A convolution and two dense layers, for laws.',
  // No schema library is needed for no options.
  options: { '~standard': { version: 1, vendor: 'conformance', validate: () => ({ value: {} }) } },
  slots: {},
  create: () => ({
    inputShape: NETWORK.input,
    outputShape: [4],
    parameters: SPACE,
    buffers: [],
    masks: [],
    network: NETWORK,
    apply: (parameters, buffers, x) => {
      const images = x as tf.Tensor4D;
      const filters = tensor(parameters, 'conv1.kernel') as tf.Tensor4D;
      const conv = tf.relu(tf.add(tf.conv2d(images, filters, 1, 'valid'), tensor(parameters, 'conv1.bias')));
      const hidden = tf.relu(affine(tf.reshape(conv, [-1, 64]), parameters, 'fc1'));
      return { output: affine(hidden, parameters, 'fc2'), buffers };
    },
  }),
});

/** What a registry needs to read a bundle of the sample. */
export const samplePlugins: readonly AnyPlugin[] = [sampleTarget, direct];

/** The sample with every parameter its own trainable, drawn from a seed. */
export const sampleModel = (seed: number): Model => {
  const parts = { target: sampleTarget(), parameterization: direct() };
  return { ...parts, trainables: modelMap(parts).init(seed), buffers: {} };
};

/** Inputs of N(0, 1) for any network. */
export const sampleInputs = (model: Model, count: number, seed: number): ArrayTensor => {
  const { inputShape } = model.target.impl;
  return float32(gaussian(count * sizeOf(inputShape), seed, 'inputs'), [count, ...inputShape]);
};

/** Outputs of a network for inputs, with the weights of the canonical generator. */
export const modelOutputs = (model: Model, x: ArrayTensor): ArrayTensor => {
  const { target, buffers } = model;
  const weights = modelParameters(model);
  const names = { weights: Object.keys(weights), buffers: Object.keys(buffers) };
  const { output } = onTensors({ ...weights, ...buffers, 'x ': x }, (tensors) => {
    const of = (list: readonly string[]): NamedTensors =>
      Object.fromEntries(list.map((name) => [name, tensor(tensors, name)]));
    const inference = { training: false, masks: {} };
    const result = target.impl.apply(of(names.weights), of(names.buffers), tensor(tensors, 'x '), inference);
    return { output: result.output };
  });
  return output ?? float32(new Float32Array(0));
};
