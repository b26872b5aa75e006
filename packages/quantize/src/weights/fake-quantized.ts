// Weights that are rounded whenever they are made: a network that computes with them is trained for what it will be.
import { definePlugin, type Part, type Plugin } from '@mapping-networks/core';
import { z } from 'zod';
import { weightFields, type WeightQuantization } from './options.ts';
import { bindRounded, innerConstants } from './rounded-map.ts';

/** Options of `fakeQuantized`. */
export interface FakeQuantizedOptions extends WeightQuantization {
  /** What makes the weights that are rounded, for example mapping. */
  readonly inner: Part<'parameterization'>;
}

/** `FakeQuantizedOptions`, of which only `inner` is asked for. */
export type FakeQuantizedInput = Partial<WeightQuantization> & Pick<FakeQuantizedOptions, 'inner'>;

/**
 * The weights of `inner`, rounded to what fewer bits hold. Its trainables are those of `inner`, under their names; grids
 * are chosen anew whenever weights are made.
 *
 * Of `int8` and `int4`, in float32 and with halves to even, for weights w of a tensor or of a channel, from low ≤ 0 to
 * high ≥ 0:
 *
 * - θ = scale · (code − zeroPoint), code = clip(round(w / scale) + zeroPoint), clipped to −n … n where the grid is
 *   symmetric (n = 127 or 7), else to −128 … 127 or −8 … 7;
 * - symmetric: unit = max(−low, high) / n, zeroPoint = 0;
 * - affine: k codes lie below 0 and n − k above (n = 255 or 15), unit = max(−low / max(k, ε), high / max(n − k, ε)) with
 *   ε = 2⁻²⁰; k is ⌊z⌋ or ⌊z⌋ + 1, at most n, whichever has the smaller unit, ⌊z⌋ of equal ones, for
 *   z = −low · n / (high − low); zeroPoint = lowest code + k;
 * - scale = max(ratio · unit, 2⁻¹²⁶); the ratio is 1, with `mse` that of 1, 0.95, … 0.25 with the least
 *   Σ (w / unit − ratio · code)²; a symmetric one is rounded to (n · scale) / n, so that rounding twice changes nothing.
 *
 * 0 stays 0, so that pruned weights stay pruned. The map's `formats` are the codes, exactly. Half precision is rounded to
 * nearest, ties to even; what is too large becomes the largest number of the type, 65,504 of `float16`.
 *
 * Gradients go straight through the rounding (Bengio et al. 2013): ∂θ/∂w is 1, and 0 for weights beyond the range. The
 * regularisers are those of `inner`, before rounding.
 *
 * @throws QUANTIZE_ALREADY_ROUNDED when it is bound and `inner` rounds already
 * @example
 * ```ts
 * import { kernel, mapping, parameterSpace } from '@mapping-networks/core';
 * import { fakeQuantized } from '@mapping-networks/quantize';
 * const map = fakeQuantized({ inner: mapping({ latentDim: 16 }), type: 'int4' }).impl.bind(
 *   parameterSpace([kernel('fc', [64, 1])]),
 * );
 * console.log(new Set(map.generate(map.init(0))).size <= 15); // true
 * ```
 */
export const fakeQuantized: Plugin<
  'parameterization',
  'fakeQuantized',
  FakeQuantizedInput,
  FakeQuantizedOptions
> = definePlugin({
  kind: 'parameterization',
  name: 'fakeQuantized',
  summary: 'Weights of another parameterization, rounded to int8, int4 or half precision; for training too.',
  options: z.strictObject(weightFields),
  slots: { inner: { kind: 'parameterization' } },
  create: ({ inner, ...options }) => ({
    learningRate: inner.impl.learningRate,
    constants: (space) => innerConstants(inner.impl, space),
    bind: (space, constants) => bindRounded(inner.impl, options, space, constants),
  }),
});
