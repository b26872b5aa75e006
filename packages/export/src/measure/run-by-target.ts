// A network that was read back, run by its target on TensorFlow.js: for files that hold weights and no operations.
import type { ArrayTensor, ExportedNetwork, NamedArrays, NamedTensors, Part } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { fromTensor, onWasm, toTensor } from './tensors.ts';

/** The weights and buffers of a network. */
export interface WeightsOf {
  readonly target: Part<'target'>;
  readonly parameters: NamedArrays;
  readonly buffers: NamedArrays;
}

const upload = (arrays: NamedArrays): NamedTensors =>
  Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, toTensor(array)]));

/** `reader` is what read the weights. */
export const runByTarget = async (
  reader: string,
  { target, parameters, buffers }: WeightsOf,
): Promise<ExportedNetwork> => {
  const { apply } = target.impl;
  const [weights, running] = await onWasm(() => [upload(parameters), upload(buffers)] as const);
  const inference = { training: false, masks: {} };
  return {
    runtime: `${reader}, applied by TensorFlow.js ${tf.version_core}`,
    run: (x: ArrayTensor) =>
      onWasm(() => fromTensor(tf.tidy(() => apply(weights, running, toTensor(x), inference).output))),
    dispose: () => tf.dispose([weights, running]),
  };
};
