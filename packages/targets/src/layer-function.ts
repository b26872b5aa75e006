// What a layer computes. The choice by type is made once, when a network is built; the function it yields runs for
// every batch.
import {
  type ApplyContext,
  type NamedTensors,
  type TargetOutput,
  ACTIVATIONS,
  type NamedLayer,
} from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { match, P } from 'ts-pattern';
import { activationFunction } from './activation.ts';
import { avgPool2d } from './avg-pool.ts';
import { batchNorm } from './batch-norm.ts';
import { missingTensor } from './errors.ts';

/** All tensors of the network; a layer finds its own by name. */
export interface LayerState {
  readonly parameters: NamedTensors;
  readonly buffers: NamedTensors;
  readonly context: ApplyContext;
}

/** Batch in, batch out, and the buffers that the layer has updated. */
export type LayerFunction = (x: tf.Tensor, state: LayerState) => TargetOutput;

export const layerFunction = (layer: NamedLayer): LayerFunction =>
  match(layer)
    .with({ type: 'conv2d' }, ({ name, strides = 1, padding = 'valid', bias = true }) =>
      stateless((x, { parameters }) => {
        const kernel = tensorOf('parameter', parameters, `${name}.kernel`) as tf.Tensor4D;
        const y = tf.conv2d(x as tf.Tensor4D, kernel, strides, padding);
        return bias ? tf.add(y, tensorOf('parameter', parameters, `${name}.bias`)) : y;
      }),
    )
    .with({ type: 'dense' }, ({ name, bias = true }) =>
      stateless((x, { parameters }) => {
        const y = tf.matMul(x, tensorOf('parameter', parameters, `${name}.kernel`));
        return bias ? tf.add(y, tensorOf('parameter', parameters, `${name}.bias`)) : y;
      }),
    )
    .with({ type: 'maxPool2d' }, ({ poolSize, strides = poolSize, padding = 'valid' }) =>
      stateless((x) => tf.maxPool(x as tf.Tensor4D, poolSize, strides, padding)),
    )
    .with({ type: 'avgPool2d' }, ({ poolSize, strides = poolSize, padding = 'valid' }) =>
      stateless((x) => avgPool2d(x as tf.Tensor4D, poolSize, strides, padding)),
    )
    .with({ type: 'globalAvgPool2d' }, () => stateless((x) => tf.mean(x, [1, 2])))
    .with({ type: 'flatten' }, () => stateless((x) => tf.reshape(x, [x.shape[0] ?? 0, -1])))
    .with({ type: 'reshape' }, ({ shape }) => stateless((x) => tf.reshape(x, [x.shape[0] ?? 0, ...shape])))
    .with({ type: 'batchNorm' }, ({ name, momentum = 0.1, epsilon = 1e-5 }): LayerFunction => {
      const [mean, variance] = [`${name}.runningMean`, `${name}.runningVariance`];
      return (x, { parameters, buffers, context }) => {
        const { output, running } = batchNorm({
          x,
          gain: tensorOf('parameter', parameters, `${name}.gain`),
          bias: tensorOf('parameter', parameters, `${name}.bias`),
          running: {
            mean: tensorOf('buffer', buffers, mean),
            variance: tensorOf('buffer', buffers, variance),
          },
          training: context.training,
          momentum,
          epsilon,
        });
        return { output, buffers: { [mean]: running.mean, [variance]: running.variance } };
      };
    })
    .with({ type: 'dropout' }, ({ name, rate }) =>
      stateless((x, { context: { training, masks } }) =>
        training && rate > 0 ? tf.mul(x, tensorOf('mask', masks, `${name}.mask`)) : x,
      ),
    )
    .with({ type: P.union(...ACTIVATIONS) }, ({ type }) => stateless(activationFunction(type)))
    .exhaustive();

const stateless =
  (compute: (x: tf.Tensor, state: LayerState) => tf.Tensor): LayerFunction =>
  (x, state) => ({ output: compute(x, state), buffers: {} });

const tensorOf = (kind: 'parameter' | 'buffer' | 'mask', tensors: NamedTensors, name: string): tf.Tensor => {
  const tensor = tensors[name];
  if (tensor === undefined) throw missingTensor(kind, name);
  return tensor;
};
