// Networks as examples: their loss, and its gradients in everything that they are given.
import { float32, randomKey, sizeOf, uniform, type ArrayTensor } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Example } from '../../graph/test/kernels/example.ts';

export type Shape = readonly number[];
export type Shapes = Readonly<Record<string, Shape>>;
export type Tensors = Readonly<Record<string, tf.Tensor>>;
export type Forward = (tensors: Tensors) => tf.Tensor | readonly tf.Tensor[];

export const at = (tensors: Tensors, name: string): tf.Tensor => {
  const tensor = tensors[name];
  if (tensor === undefined) throw new Error(`no tensor ${name}`);
  return tensor;
};

/** Uniform, of a scale that keeps what a layer passes on about as large as what it got. */
export const drawn = (name: string, shape: Shape, seed: number): ArrayTensor => {
  const scale = shape.length > 1 && name !== 'x' ? Math.sqrt(3 / sizeOf(shape.slice(0, -1))) : 1;
  return float32(
    uniform(randomKey(seed, name), sizeOf(shape)).map((u) => scale * (2 * u - 1)),
    shape,
  );
};

/** With a gradient of its own in each element. */
const squares = (y: tf.Tensor): tf.Tensor => tf.sum(tf.square(tf.add(y, 0.3)));

/** `forward` ends in a loss of its own, or in anything else. */
export const network = (
  arrays: Readonly<Record<string, ArrayTensor>>,
  forward: Forward,
  loss: (y: tf.Tensor) => tf.Tensor = squares,
): Example => ({
  arrays,
  step: (inputs) => {
    const floats = Object.keys(inputs).filter((name) => inputs[name]?.dtype === 'float32');
    const total = (...moved: tf.Tensor[]): tf.Scalar => {
      const tensors = {
        ...inputs,
        ...Object.fromEntries(floats.map((name, i) => [name, moved[i] as tf.Tensor])),
      };
      return tf.addN([forward(tensors)].flat().map(loss)) as tf.Scalar;
    };
    const { value, grads } = tf.valueAndGrads(total)(floats.map((name) => at(inputs, name)));
    return { value, ...Object.fromEntries(floats.map((name, i) => [`d.${name}`, grads[i] as tf.Tensor])) };
  },
});

/** Without the gradient in the image: nothing computes what nobody asks for. */
export const asFirst = ({ arrays, step }: Example): Example => ({
  arrays,
  step: (inputs) => Object.fromEntries(Object.entries(step(inputs)).filter(([name]) => name !== 'd.x')),
});
