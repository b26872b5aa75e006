// u, what the activation sees: v = Wz modulated by z. Once on tensors, once in canonical arithmetic.
import * as tf from '@tensorflow/tfjs-core';
import { match } from 'ts-pattern';
import { unprefixed, type NamedArrays, type NamedTensors } from '../arrays.ts';
import { latentOf, modulationProjected, projected, vectorOf, type LinearPart } from './branch.ts';
import type { Modulation } from './options.ts';

/** u of a branch or of a chunk, `[rows]`, without the bias. */
export const preactivation = (
  branch: LinearPart<'forward'>,
  modulation: Modulation,
  tensors: NamedTensors,
): tf.Tensor1D => {
  const z = latentOf(branch, tensors);
  const v = projected(branch, z, tensors);
  return match(modulation)
    .with({ type: 'none' }, () => v)
    .with({ type: 'additive' }, ({ alpha }) =>
      tf.add<tf.Tensor1D>(v, tf.mul(tf.sum(tf.square(z)), alpha / branch.latentDim)),
    )
    .with({ type: 'linear' }, ({ alpha }) =>
      tf.mul<tf.Tensor1D>(v, tf.add(tf.mul(modulationProjected(branch, z, tensors), alpha), 1)),
    )
    .with({ type: 'vector' }, ({ alpha }) =>
      tf.add<tf.Tensor1D>(v, tf.mul(tf.sum(tf.mul(vectorOf(branch, tensors), z)), alpha / branch.latentDim)),
    )
    .exhaustive();
};

/** Σ a_i·b_i in float32, products and sums rounded, in order. */
const dot = (a: Float32Array, b: Float32Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    sum = Math.fround(sum + Math.fround((a[i] as number) * (b[i] as number)));
  }
  return sum;
};

const data = (arrays: NamedArrays, name: string): Float32Array => arrays[name]?.data as Float32Array;

/** u of a branch or of a chunk in canonical float32 arithmetic. */
export const canonicalPreactivation = (
  branch: LinearPart<'project'>,
  modulation: Modulation,
  arrays: NamedArrays,
): Float32Array => {
  const { prefix, projection, latentDim } = branch;
  const z = data(arrays, `${prefix}z`);
  const v = projection.project(z, unprefixed(`${prefix}projection/`, arrays));
  const shifted = (shift: number): Float32Array => v.map((value) => value + shift);
  return match(modulation)
    .with({ type: 'none' }, () => v)
    .with({ type: 'additive' }, ({ alpha }) => shifted(Math.fround((alpha / latentDim) * dot(z, z))))
    .with({ type: 'linear' }, ({ alpha }) => {
      const q = branch.modulation.project(z);
      const slope = Math.fround(alpha);
      return v.map((value, i) => value * Math.fround(1 + Math.fround(slope * (q[i] as number))));
    })
    .with({ type: 'vector' }, ({ alpha }) =>
      shifted(Math.fround((alpha / latentDim) * dot(data(arrays, `${prefix}m`), z))),
    )
    .exhaustive();
};
