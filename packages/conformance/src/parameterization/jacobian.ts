// The Jacobian of a map by brute force: one backward pass for each parameter.
import type { NamedArrays, ParameterMap } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { upload, uploadAll } from '../checks/tensors.ts';
import { flatTensor } from './flat-tensor.ts';

/** ‖∂θ/∂t‖²_F over the trainables `names`, the others held. */
export const squaredJacobian = (
  map: ParameterMap,
  trainables: NamedArrays,
  frozen: NamedArrays,
  names: readonly string[],
): number => {
  const constants = uploadAll(frozen);
  const held = uploadAll(trainables);
  const inputs = names.map((name) => upload(trainables[name] as NamedArrays[string]));
  let sum = 0;
  for (let row = 0; row < map.space.size; row++) {
    tf.tidy(() => {
      const parameter = (...values: tf.Tensor[]): tf.Tensor => {
        const moving = Object.fromEntries(names.map((name, i) => [name, values[i] as tf.Tensor]));
        const theta = flatTensor(map.space, map.materialize({ ...held, ...moving }, constants));
        return tf.addN([
          tf.reshape(tf.slice(theta, [row], [1]), []),
          ...values.map((value) => tf.mul(tf.sum(value), 0)),
        ]);
      };
      for (const gradient of tf.grads(parameter)(inputs)) {
        for (const entry of gradient.dataSync()) sum += entry * entry;
      }
    });
  }
  tf.dispose([constants, held, inputs]);
  return sum;
};
