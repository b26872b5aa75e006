// An example: arrays and a function of tensors. With gradients, its outputs are values and the gradients of their
// weighted sum in all float32 inputs.
import * as tf from '@tensorflow/tfjs-core';
import {
  float32,
  int32,
  randomKey,
  sizeOf,
  uniform,
  type ArrayTensor,
  type NamedArrays,
  type NamedTensors,
} from '@mapping-networks/core';
import * as fc from 'fast-check';

export type Shape = readonly number[];

export interface Example {
  readonly arrays: NamedArrays;
  /** A step, in the sense of the contract of engines. */
  readonly step: (inputs: NamedTensors) => NamedTensors;
}

export type Example$ = fc.Arbitrary<Example>;

type Compute = (...xs: tf.Tensor[]) => tf.Tensor | tf.Tensor[];

const named = (prefix: string, tensors: readonly tf.Tensor[]): NamedTensors =>
  Object.fromEntries(tensors.map((tensor, i) => [`${prefix}${i}`, tensor]));

/** Different weights for all elements, so that a gradient in the wrong place shows. */
const weighted = (y: tf.Tensor): tf.Tensor =>
  tf.sum(
    tf.mul(
      y,
      tf.tensor(
        Array.from({ length: y.size }, (_, i) => Math.sin(1 + i)),
        y.shape,
      ),
    ),
  );

export const values = (arrays: readonly ArrayTensor[], compute: Compute): Example => ({
  arrays: Object.fromEntries(arrays.map((array, i) => [`x${i}`, array])),
  step: (inputs) => named('value', [compute(...Object.values(inputs))].flat()),
});

export const gradients = (arrays: readonly ArrayTensor[], compute: Compute): Example => {
  const plain = values(arrays, compute);
  return {
    ...plain,
    step: (inputs) => {
      const xs = Object.values(inputs);
      const floats = xs.filter(({ dtype }) => dtype === 'float32');
      const objective = (...moved: tf.Tensor[]): tf.Scalar => {
        const queue = [...moved];
        const all = xs.map((x) => (x.dtype === 'float32' ? (queue.shift() ?? x) : x));
        return tf.addN([compute(...all)].flat().map(weighted)) as tf.Scalar;
      };
      return { ...plain.step(inputs), ...named('gradient', tf.grads(objective)(floats)) };
    },
  };
};

/** Float32 numbers between the bounds. */
export const floats = (shape: Shape, seed: number, low = -2, high = 2): ArrayTensor =>
  float32(
    uniform(randomKey(seed, 'numbers'), sizeOf(shape)).map((u) => low + (high - low) * u),
    shape,
  );

/** Float32 multiples of ½, of which many are equal. */
export const halves = (shape: Shape, seed: number): ArrayTensor =>
  float32(
    uniform(randomKey(seed, 'halves'), sizeOf(shape)).map((u) => Math.floor(u * 12 - 6) / 2),
    shape,
  );

/** Whole numbers from `low` up to, without, `high`. */
export const wholes = (shape: Shape, seed: number, low = -4, high = 5): ArrayTensor =>
  int32(
    Int32Array.from(uniform(randomKey(seed, 'wholes'), sizeOf(shape)), (u) =>
      Math.floor(low + (high - low) * u),
    ),
    shape,
  );

export const seeds: fc.Arbitrary<number> = fc.integer({ min: 0, max: 1e6 });

export const side: fc.Arbitrary<number> = fc.integer({ min: 1, max: 4 });

export const shapes = (least = 1, most = 4): fc.Arbitrary<number[]> =>
  fc.array(side, { minLength: least, maxLength: most });

/** Two shapes that broadcast. */
export const broadcasting: fc.Arbitrary<[Shape, Shape]> = fc
  .tuple(
    shapes(),
    fc.array(fc.constantFrom('both', 'left', 'right'), { minLength: 4, maxLength: 4 }),
    fc.nat(2),
  )
  .map(([shape, who, cut]) => {
    const a = shape.map((length, axis) => (who[axis] === 'right' ? 1 : length));
    const b = shape.map((length, axis) => (who[axis] === 'left' ? 1 : length));
    return [a, b.slice(Math.min(cut, b.length - 1))];
  });
