// What brings generated values to the size of a fresh initialisation: θ = mean + s·σ(u), one mean and one s a tensor.
import { initMoments } from './init-moments.ts';
import type { ParameterSpace, PlacedParameter } from './parameter.ts';

/** How one tensor is made of unit values σ(u): mean + scale·σ(u). */
export interface TensorScale {
  readonly parameter: PlacedParameter;
  readonly mean: number;
  /** s: the standard deviation of the tensor's init over that of σ(u). A float32. */
  readonly scale: number;
}

/**
 * The scales of a space for values of standard deviation 1 / normalizer.
 *
 * @example
 * ```ts
 * import { biasSpec, kernelSpec, placeParameters, tensorScales } from '@mapping-networks/runtime/canonical';
 * const space = placeParameters([kernelSpec('fc', [8, 1]), biasSpec('fc', 1)]);
 * console.log(tensorScales(space).map(({ scale }) => scale)); // [0.5, 0.05]
 * ```
 */
export const tensorScales = (
  space: Pick<ParameterSpace, 'parameters'>,
  normalizer = 1,
): readonly TensorScale[] =>
  space.parameters.map((parameter) => {
    const { mean, std } = initMoments(parameter);
    return { parameter, mean: Math.fround(mean), scale: Math.fround(std * normalizer) };
  });

/**
 * mean + s·values in canonical arithmetic, flat and in place: the product rounded, then the sum.
 *
 * @example
 * ```ts
 * import { kernelSpec, placeParameters, scaleInPlace, tensorScales } from '@mapping-networks/runtime/canonical';
 * const scales = tensorScales(placeParameters([kernelSpec('fc', [8, 1])]));
 * console.log(scaleInPlace(scales, new Float32Array(8).fill(3))[0]); // 1.5
 * ```
 */
export const scaleInPlace = (scales: readonly TensorScale[], values: Float32Array): Float32Array => {
  for (const { parameter, mean, scale } of scales) {
    const end = parameter.offset + parameter.size;
    for (let i = parameter.offset; i < end; i++) {
      values[i] = mean + Math.fround(scale * (values[i] as number));
    }
  }
  return values;
};
