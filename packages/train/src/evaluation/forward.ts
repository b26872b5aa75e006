// The forward pass in evaluation mode, as a step: buffers stay as they are, nothing is dropped.
import {
  unprefixed,
  type InputSpec,
  type NamedTensors,
  type Step,
  type Target,
} from '@mapping-networks/core';
import type * as tf from '@tensorflow/tfjs-core';
import { entry } from '../named.ts';

/** Output of the target for `batch.x`, then what `finish` makes of it. */
export const forwardStep =
  (target: Target, finish: (output: tf.Tensor, inputs: NamedTensors) => NamedTensors): Step =>
  (inputs) => {
    const parameters = unprefixed('parameter.', inputs);
    const buffers = unprefixed('buffer.', inputs);
    const evaluation = { training: false, masks: {} };
    const { output } = target.apply(parameters, buffers, entry(inputs, 'batch.x'), evaluation);
    return finish(output, inputs);
  };

/** The part of the signature that parameters and buffers fill. */
export const weightSignature = ({ parameters, buffers }: Target): Record<string, InputSpec> => ({
  ...Object.fromEntries(parameters.parameters.map(({ name, shape }) => [`parameter.${name}`, float(shape)])),
  ...Object.fromEntries(buffers.map(({ name, shape }) => [`buffer.${name}`, float(shape)])),
});

const float = (shape: readonly number[]): InputSpec => ({ shape, dtype: 'float32' });
