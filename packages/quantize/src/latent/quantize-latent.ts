// The pass that quantizes what is stored: the trainables themselves, each by the nearest number that fewer bits hold.
import {
  definePlugin,
  float32,
  requireModel,
  type ArrayTensor,
  type LatentEncoding,
  type Model,
  type PassResult,
  type Plugin,
} from '@mapping-networks/core';
import { dequantize, halved, weightGrid } from '@mapping-networks/runtime/canonical';
import { z } from 'zod';
import { requireFinite } from '../require-finite.ts';

/** How trainables are stored. */
export interface QuantizeLatentOptions {
  /** Codes of 8 or 4 bits with a scale, or 16 bits of floating point. Default `int8`. */
  readonly type: 'int8' | 'int4' | 'float16' | 'bfloat16';
  /** How many values in a row share a scale, 1 to 1,048,576; default all of a trainable. Of `int8` and `int4`. */
  readonly block?: number;
  /**
   * `minMax` reaches as far as the largest value; `mse` clips at 100, 95, … 25 % of that, whichever rounds with the least
   * squared error. Default `mse`. Of `int8` and `int4`.
   */
  readonly range: 'minMax' | 'mse';
}

const schema = z.strictObject({
  type: z
    .enum(['int8', 'int4', 'float16', 'bfloat16'])
    .default('int8')
    .describe('What a trained number is stored in: codes of 8 or 4 bits, or 16 bits of floating point.'),
  block: z
    .int()
    .min(1)
    .max(2 ** 20)
    .exactOptional()
    .describe('How many values in a row share a scale; all of a trainable unless given. Of int8 and int4.'),
  range: z
    .enum(['minMax', 'mse'])
    .default('mse')
    .describe('As far as the largest value, or clipped where the squared error is least. Of int8 and int4.'),
});

interface Encoded {
  readonly array: ArrayTensor;
  readonly encoding: LatentEncoding;
}

const encoded = (values: Float32Array, shape: readonly number[], options: QuantizeLatentOptions): Encoded => {
  const { type, block = values.length, range } = options;
  if (type === 'float16' || type === 'bfloat16')
    return { array: float32(halved(type, values), shape), encoding: { type } };
  const data = new Float32Array(values.length);
  const scales: number[] = [];
  for (let from = 0; from < values.length; from += block) {
    const own = values.subarray(from, from + block);
    const grid = weightGrid(own, [own.length], { type, symmetric: true, range, byChannel: false });
    data.set(dequantize(grid, [own.length]), from);
    scales.push(...grid.scales);
  }
  const chosen = options.block === undefined ? {} : { block: options.block };
  return { array: float32(data, shape), encoding: { type, ...chosen, scales: Float32Array.from(scales) } };
};

const apply = (model: Model, options: QuantizeLatentOptions): PassResult => {
  requireModel('quantizeLatent', model);
  requireFinite(model);
  const trainables: Record<string, ArrayTensor> = {};
  const encoding: Record<string, LatentEncoding> = {};
  let [numbers, scales, worst] = [0, 0, 0];
  for (const [name, { data, shape }] of Object.entries(model.trainables)) {
    const values = Float32Array.from(data);
    const result = encoded(values, shape, options);
    trainables[name] = result.array;
    encoding[name] = result.encoding;
    numbers += values.length;
    scales += 'scales' in result.encoding ? result.encoding.scales.length : 0;
    values.forEach((value, i) => (worst = Math.max(worst, Math.abs((result.array.data[i] ?? 0) - value))));
  }
  const { metrics: _stale, ...rest } = model;
  return { model: { ...rest, trainables, encoding }, details: { numbers, scales, 'worst |Δz|': worst } };
};

/**
 * Quantizes the trainables of a trained network, a latent for example, and says in `model.encoding` how: its bundle then
 * holds them in 16, 8 or 4 bits each, and whoever loads it gets the same float32 numbers again, bit for bit. Codes are
 * symmetric, −127 … 127 or −7 … 7, with one scale a trainable or one for every `block` values: z = scale · code. The last
 * pass of all: whatever changes a trainable afterwards moves it off its grid, and `encodeBundle` refuses it then.
 *
 * @throws CORE_INVALID_ARGUMENT for what is no model, QUANTIZE_NOT_FINITE
 * @example
 * ```ts
 * import { encodeBundle, mapping, modelMap } from '@mapping-networks/core';
 * import { quantizeLatent } from '@mapping-networks/quantize';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 2048 }) };
 * const trained = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * const context = { evaluate: async () => ({ loss: 0 }), outputs: async () => trained.trainables['z']! };
 * const { model } = await quantizeLatent({ type: 'int4' }).impl.apply(trained, context);
 * console.log(encodeBundle(trained)['latent.safetensors'].length); // 8264
 * console.log(encodeBundle(model)['latent.safetensors'].length); // 1156
 * ```
 */
export const quantizeLatent: Plugin<
  'pass',
  'quantizeLatent',
  Partial<QuantizeLatentOptions>,
  QuantizeLatentOptions
> = definePlugin({
  kind: 'pass',
  name: 'quantizeLatent',
  summary: 'The trained numbers themselves in int8, int4 or half precision: the smallest bundles.',
  options: schema,
  slots: {},
  create: (options) => ({
    stage: 'quantizeLatent',
    apply: (model) => Promise.resolve().then(() => apply(model, options)),
  }),
});
