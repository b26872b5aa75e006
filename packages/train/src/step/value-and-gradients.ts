// Reverse-mode differentiation with something beside the value: what the forward pass computes on its way (the
// output, new buffers) is needed too, and must not be computed twice.
import * as tf from '@tensorflow/tfjs-core';
import type { NamedTensors } from '@mapping-networks/core';
import { mapNamed } from '../named.ts';

export interface Differentiated {
  readonly value: tf.Scalar;
  readonly aux: NamedTensors;
}

/**
 * Value, auxiliary tensors and gradients of `f` at `xs`. A trainable that the value does not depend on has gradient 0.
 * Call it under a tidy.
 */
export const valueAndGradients = (
  f: (xs: NamedTensors) => Differentiated,
  xs: NamedTensors,
): Differentiated & { readonly gradients: NamedTensors } => {
  const names = Object.keys(xs);
  const list = Object.values(xs);
  let kept: NamedTensors = {};
  try {
    const forward = (): tf.Scalar => {
      const { value, aux } = f(xs);
      // The tape disposes of all that is not the value: keep handles, and give them to the caller's tidy afterwards.
      kept = mapNamed(aux, (tensor) => tf.keep(tf.clone(tensor)));
      return value;
    };
    // tf.grads refuses trainables without a path to the value; the engine's own call leaves their gradient out.
    const { value, grads } = tf.engine().gradients(forward, list, undefined, true);
    const gradients = list.map((x, i): [string, tf.Tensor] => [names[i] ?? '', grads[i] ?? tf.zerosLike(x)]);
    return {
      value,
      aux: mapNamed(kept, (tensor) => tf.clone(tensor)),
      gradients: Object.fromEntries(gradients),
    };
  } finally {
    for (const tensor of Object.values(kept)) tensor.dispose();
  }
};
