// Rounding to half precision on tensors: x is divided by the power of two below it, rounded to as many bits as the type
// has, and multiplied again, all of which is exact.
import type { HalfType } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { straightThrough } from '../grid/tensor-grid.ts';
import { HALF } from './half.ts';

/** `x` in half precision. Differentiable: the gradient is that of x, but 0 beyond the largest number of the type. */
export const inHalf = (x: tf.Tensor, type: HalfType): tf.Tensor => {
  const { largest, fractionBits } = HALF[type];
  const held = (values: tf.Tensor): tf.Tensor => tf.clipByValue(values, -largest, largest);
  return straightThrough(x, {
    value: (values) => {
      const power = powerBelow(tf.abs(held(values)), type);
      const steps = tf.round(tf.mul(tf.div(held(values), power), 2 ** fractionBits));
      return tf.mul(tf.mul(steps, 2 ** -fractionBits), power);
    },
    within: (values) => tf.equal(held(values), values),
  });
};

/** 2ᵏ ≤ size < 2ᵏ⁺¹, no smaller than the smallest normal number. */
const powerBelow = (size: tf.Tensor, type: HalfType): tf.Tensor => {
  const { leastExponent, mostExponent } = HALF[type];
  const powers = tf.tensor1d(
    Float32Array.from({ length: mostExponent - leastExponent + 1 }, (_, k) => 2 ** (leastExponent + k)),
  );
  const [least, most] = [2 ** leastExponent, 2 ** mostExponent];
  const exponent = tf.floor(tf.mul(tf.log(tf.maximum(size, least)), Math.LOG2E));
  const index = tf.clipByValue(tf.sub(exponent, leastExponent), 0, mostExponent - leastExponent);
  const guess = tf.gather(powers, tf.cast(index, 'int32'));
  // The logarithm may miss by a bit beside a power of two.
  const high = tf.where(tf.greater(guess, tf.maximum(size, least)), tf.mul(guess, 0.5), guess);
  const low = tf.minimum(tf.mul(high, 2), most);
  return tf.where(tf.greaterEqual(size, low), low, high);
};
