// The exact regularisers of a mapping, O(P) and without an estimator: the squared Frobenius norm of ∂θ/∂z, and the
// cosine between z and the mean row of the modulated map.
import { activationNormalizer, tensorScales } from '@mapping-networks/runtime/canonical';
import * as tf from '@tensorflow/tfjs-core';
import { match } from 'ts-pattern';
import { float32, prefixed, type NamedArrays, type NamedTensors } from '../arrays.ts';
import type { Regularizer } from '../contracts/parameterization.ts';
import type { ParameterSpace } from '../space/parameter-space.ts';
import { activationFunctions } from './activation.ts';
import { latentOf, modulationProjected, projected, projectedBack, vectorOf, type Branch } from './branch.ts';
import type { MappingOptions } from './options.ts';
import { preactivation } from './preactivation.ts';

const OWN = 'regularizer/';

const own = (branch: Branch, tensors: NamedTensors, name: string): tf.Tensor1D =>
  tensors[`${OWN}${branch.prefix}${name}`] as tf.Tensor1D;

const squared = (x: Float32Array): Float32Array => x.map((value) => value * value);

/** ‖∂u_j/∂z‖² for every row. `norms` are ‖w_j‖², `dots` w_j·b_j, `modulationNorms` ‖b_j‖². */
const rowEnergy = (branch: Branch, options: MappingOptions, tensors: NamedTensors): tf.Tensor1D => {
  const z = latentOf(branch, tensors);
  const norms = own(branch, tensors, 'norms');
  return match(options.modulation)
    .with({ type: 'none' }, () => norms)
    .with({ type: 'additive' }, ({ alpha }) => {
      const a = alpha / branch.latentDim;
      const cross = tf.mul(projected(branch, z, tensors), 4 * a);
      return tf.add<tf.Tensor1D>(tf.add(norms, cross), tf.mul(tf.sum(tf.square(z)), 4 * a * a));
    })
    .with({ type: 'linear' }, ({ alpha }) => {
      const slope = tf.mul(projected(branch, z, tensors), alpha);
      const gain = tf.add(tf.mul(modulationProjected(branch, z, tensors), alpha), 1);
      const cross = tf.mul(tf.mul(tf.mul(slope, gain), own(branch, tensors, 'dots')), 2);
      const second = tf.mul(tf.square(slope), own(branch, tensors, 'modulationNorms'));
      return tf.add<tf.Tensor1D>(tf.add(tf.mul(norms, tf.square(gain)), cross), second);
    })
    .with({ type: 'vector' }, ({ alpha }) => {
      const a = alpha / branch.latentDim;
      const m = vectorOf(branch, tensors);
      const cross = tf.mul(projected(branch, m, tensors), 2 * a);
      return tf.add<tf.Tensor1D>(tf.add(norms, cross), tf.mul(tf.sum(tf.square(m)), a * a));
    })
    .exhaustive();
};

const smoothnessFrozen = (
  branches: readonly Branch[],
  options: MappingOptions,
  scales: Float32Array,
): NamedArrays =>
  Object.assign(
    {},
    ...branches.map((branch) =>
      prefixed(`${OWN}${branch.prefix}`, {
        scales: float32(squared(scales.subarray(branch.offset, branch.offset + branch.rows))),
        norms: float32(squared(branch.projection.rowNorms())),
        ...(options.modulation.type === 'linear' && {
          dots: float32(branch.projection.rowDots(branch.modulationKey)),
          modulationNorms: float32(squared(branch.modulation.rowNorms())),
        }),
      }),
    ),
  );

/** Σ_j s_j²·σ'(u_j)²·‖∂u_j/∂z‖²: L_smooth of the paper, with the scale of the generated values. */
export const smoothness = (
  space: ParameterSpace,
  branches: readonly Branch[],
  options: MappingOptions,
): Regularizer => {
  const { derivative } = activationFunctions(options.activation);
  const normalizer = activationNormalizer(options.activation);
  const { activation, modulation } = options;
  const unmodulated = modulation.type === 'none' || modulation.alpha === 0;
  return {
    frozen: () => {
      const scales = new Float32Array(space.size);
      for (const { parameter, scale } of tensorScales(space, normalizer)) {
        scales.fill(scale, parameter.offset, parameter.offset + parameter.size);
      }
      return smoothnessFrozen(branches, options, scales);
    },
    evaluate: (trainables, frozen) => {
      const tensors = { ...frozen, ...trainables };
      const parts = branches.map((branch) => {
        const u = biased(branch, preactivation(branch, options.modulation, tensors), tensors);
        const weights = tf.mul(tf.square(derivative(u)), own(branch, tensors, 'scales'));
        return tf.sum(tf.mul(weights, rowEnergy(branch, options, tensors))) as tf.Scalar;
      });
      return tf.addN(parts);
    },
    ...(activation.type === 'identity' &&
      unmodulated && {
        constantBecause:
          'with identity activation and no modulation the Jacobian of the map does not depend on z',
      }),
  };
};

/** u + b: the slice of the bias that belongs to a branch, where there is one. */
export const biased = (branch: Branch, u: tf.Tensor1D, tensors: NamedTensors): tf.Tensor1D => {
  const bias = tensors['b'] as tf.Tensor1D | undefined;
  return bias === undefined ? u : tf.add<tf.Tensor1D>(u, tf.slice(bias, [branch.offset], [branch.rows]));
};

/** The mean row of the modulated map: W, W + a·1zᵀ, diag(1 + αBz)·W, or W + a·1mᵀ. */
const meanRow = (branch: Branch, options: MappingOptions, tensors: NamedTensors): tf.Tensor1D => {
  const z = latentOf(branch, tensors);
  const mean = own(branch, tensors, 'meanRow');
  return match(options.modulation)
    .with({ type: 'none' }, () => mean)
    .with({ type: 'additive' }, ({ alpha }) => tf.add<tf.Tensor1D>(mean, tf.mul(z, alpha / branch.latentDim)))
    .with({ type: 'linear' }, ({ alpha }) => {
      const modulated = projectedBack(branch, modulationProjected(branch, z, tensors), tensors);
      return tf.add<tf.Tensor1D>(mean, tf.mul(modulated, alpha / branch.rows));
    })
    .with({ type: 'vector' }, ({ alpha }) =>
      tf.add<tf.Tensor1D>(mean, tf.mul(vectorOf(branch, tensors), alpha / branch.latentDim)),
    )
    .exhaustive();
};

/** 1 − cos(z, mean row of the modulated map), averaged over branches: L_align of the paper. */
export const alignment = (branches: readonly Branch[], options: MappingOptions): Regularizer => ({
  frozen: () =>
    Object.assign(
      {},
      ...branches.map(({ prefix, projection, rows }) => ({
        [`${OWN}${prefix}meanRow`]: float32(projection.projectAdjoint(new Float32Array(rows).fill(1 / rows))),
      })),
    ),
  evaluate: (trainables, frozen) => {
    const tensors = { ...frozen, ...trainables };
    const parts = branches.map((branch) => {
      const z = latentOf(branch, tensors);
      const mean = meanRow(branch, options, tensors);
      // The maximum stands under the root: neither the value nor the gradient divides by zero at a zero vector.
      const squares = tf.mul(tf.sum(tf.square(z)), tf.sum(tf.square(mean)));
      return tf.sub(1, tf.div(tf.sum(tf.mul(z, mean)), tf.sqrt(tf.maximum(squares, 1e-36)))) as tf.Scalar;
    });
    return tf.div(tf.addN(parts), branches.length);
  },
  ...(branches.every(({ latentDim }) => latentDim === 1) && {
    constantBecause: 'the cosine of two numbers is 1 or −1 whatever they are',
  }),
});
