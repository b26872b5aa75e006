// From a range to a grid for activations, as QuantizeLinear of ONNX takes it.
import { requireArgument } from '@mapping-networks/core';
import { LEAST_SCALE, levelsOf, roundHalfEven } from '@mapping-networks/runtime/canonical';

/** What codes of a grid mean: value = scale · (code − zeroPoint). */
export interface ActivationGrid {
  /** A float32 above 0. */
  readonly scale: number;
  /** A code of the type: the one that means 0. */
  readonly zeroPoint: number;
}

/** What grid `gridOf` makes. */
export interface ActivationGridOptions {
  /** `uint8`, the default, has the codes 0 … 255, `int8` −128 … 127. */
  readonly type?: 'uint8' | 'int8';
  /** Whether the range is made as wide below 0 as above, with 0 in the middle of the codes. Default false. */
  readonly symmetric?: boolean;
}

/**
 * The grid that holds a range. The range is widened to contain 0, which has a code of its own, so that padding and ReLU
 * stay exact: scale = (max − min) / 255, zeroPoint = least code − round(min / scale). Symmetric:
 * scale = max(|min|, |max|) / 127, zeroPoint 0 of `int8` and 128 of `uint8`. A range of nothing but 0 gets the smallest
 * scale, 2⁻¹²⁶.
 *
 * @throws CORE_INVALID_ARGUMENT unless min ≤ max, both finite, at most 2¹²⁶ in size, and for other options
 * @example
 * ```ts
 * import { gridOf } from '@mapping-networks/quantize';
 * console.log(gridOf(0, 1.275)); // { scale: 0.00499…, zeroPoint: 0 }
 * ```
 */
export const gridOf = (min: number, max: number, options: ActivationGridOptions = {}): ActivationGrid => {
  const isOptions = typeof options === 'object' && options !== null;
  requireArgument(isOptions, 'gridOf', 'options', 'an object with type or symmetric', options);
  const { type = 'uint8', symmetric = false } = options;
  requireArgument(['uint8', 'int8'].includes(type), 'gridOf', 'type', "'uint8' or 'int8'", type);
  requireArgument(typeof symmetric === 'boolean', 'gridOf', 'symmetric', 'true or false', symmetric);
  const within = (value: number): boolean => Math.abs(value) <= 2 ** 126;
  requireArgument(within(max), 'gridOf', 'max', 'a number of at most 2^126 in size', max);
  requireArgument(within(min) && min <= max, 'gridOf', 'min', 'a number of at most max', min);
  const { least, most } = levelsOf(type, symmetric);
  const low = Math.min(0, min);
  const high = Math.max(0, max);
  const size = symmetric ? 2 * Math.max(-low, high) : high - low;
  const scale = Math.max(Math.fround(size / (most - least)), LEAST_SCALE);
  const zeroPoint = symmetric ? (least + most) / 2 : least - roundHalfEven(Math.fround(low / scale));
  return { scale, zeroPoint: Math.min(most, Math.max(least, zeroPoint)) };
};
