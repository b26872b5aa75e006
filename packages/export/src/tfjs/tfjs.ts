// The exporter of layers models for TensorFlow.js: model.json, and the weights in shards.
import {
  definePlugin,
  modelMap,
  modelParameters,
  type Exporter,
  type ExportTolerance,
  type Model,
  type Plugin,
} from '@mapping-networks/core';
import { z } from 'zod';
import { concatenated } from '../bytes.ts';
import { notLayered } from '../errors.ts';
import { smaller } from '../smaller.ts';
import { toleranceSchema } from '../tolerance.ts';
import { encodeExactly, encodeWeight, type EncodedWeight, type TfjsQuantization } from './encode-weight.ts';
import { loadLayers } from './load-layers.ts';
import { topologyOf } from './topology.ts';

/** Options of `tfjs`. */
export interface TfjsOptions {
  /**
   * How weights are stored; TensorFlow.js makes float32 of them when it loads. `auto`, the default, uses fewer bits where
   * the network has been quantized so that nothing is lost: float16, and int8 or int4 with one scale a tensor. `float16`
   * rounds all weights; `uint8` and `uint16` put kernels on a grid of 256 or 65,536 steps.
   */
  readonly quantization: 'auto' | TfjsQuantization;
  /** Bytes of a shard of weights at most, 1,024 … 1,073,741,824. Default 4,194,304, which browsers cache. */
  readonly shardBytes: number;
  /** Default: outputs within 1e-4 of the largest; 0.01 for float16 and uint16; uint8: accuracy within 0.02. */
  readonly tolerance?: ExportTolerance | undefined;
}

const schema = z.strictObject({
  quantization: z
    .enum(['auto', 'none', 'float16', 'uint16', 'uint8'])
    .default('auto')
    .describe('How weights are stored; auto: in fewer bits where that loses nothing.'),
  shardBytes: z
    .int()
    .min(2 ** 10)
    .max(2 ** 30)
    .default(2 ** 22)
    .describe('Bytes of a shard of weights at most.'),
  tolerance: toleranceSchema.optional(),
});

const TOLERANCES: Readonly<Record<TfjsOptions['quantization'], ExportTolerance>> = {
  auto: { output: 1e-4 },
  none: { output: 1e-4 },
  float16: { output: 0.01 },
  uint16: { output: 0.01 },
  uint8: { accuracy: 0.02 },
};

/**
 * A layers model for TensorFlow.js, `model.json` and `group1-shard1of1.bin`, as `tf.loadLayersModel` reads it.
 * Filters and units that pruning has emptied are cut out, except of quantized networks with `auto`.
 *
 * @throws CORE_INVALID_OPTIONS; EXPORT_NOT_LAYERED from `write` for a target that is no list of layers
 * @example
 * ```ts
 * import { mapping, modelMap } from '@mapping-networks/core';
 * import { tfjs } from '@mapping-networks/export';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * const files = await tfjs({ quantization: 'uint8' }).impl.write(model, {});
 * console.log(files['group1-shard1of1.bin']?.length); // 102184
 * ```
 */
export const tfjs: Plugin<'exporter', 'tfjs', Partial<TfjsOptions>, TfjsOptions> = definePlugin({
  kind: 'exporter',
  name: 'tfjs',
  summary: 'A layers model for TensorFlow.js: model.json and weights, in fewer bits by option.',
  options: schema,
  slots: {},
  create: ({ quantization, shardBytes, tolerance }): Exporter => ({
    tolerance: tolerance ?? TOLERANCES[quantization],
    write: (model) => write(model, quantization, shardBytes),
    load: loadLayers,
  }),
});

const write = async (
  given: Model,
  quantization: TfjsOptions['quantization'],
  shardBytes: number,
): Promise<Record<string, Uint8Array>> => {
  // The codes of a quantized network are not those of a smaller one.
  const model = quantization === 'auto' && modelMap(given).formats ? given : smaller(given);
  const { network } = model.target.impl;
  if (network === undefined) throw notLayered('tfjs', model.target.name);
  const { modelTopology, weights } = await topologyOf(network);
  const arrays = { ...modelParameters(model), ...model.buffers };
  const formats = modelMap(model).formats?.(model.trainables) ?? {};
  const encoded = weights.flatMap(({ name, source }) => {
    const array = arrays[source];
    if (array === undefined) return [];
    const { bytes, quantization: entry }: EncodedWeight =
      quantization === 'auto' ? encodeExactly(array, formats[source]) : encodeWeight(array, quantization);
    const spec = { name, shape: array.shape, dtype: 'float32', ...(entry && { quantization: entry }) };
    return [{ bytes, spec }];
  });
  const shards = cutInto(concatenated(encoded.map(({ bytes }) => bytes)), shardBytes);
  const json = {
    format: 'layers-model',
    generatedBy: '@mapping-networks/export',
    convertedBy: null,
    modelTopology,
    weightsManifest: [{ paths: Object.keys(shards), weights: encoded.map(({ spec }) => spec) }],
  };
  return { 'model.json': new TextEncoder().encode(JSON.stringify(json)), ...shards };
};

/** `group1-shardIofN.bin`, as TensorFlow.js names them. */
const cutInto = (bytes: Uint8Array, size: number): Record<string, Uint8Array> => {
  const count = Math.max(1, Math.ceil(bytes.length / size));
  const shard = (i: number): [string, Uint8Array] => [
    `group1-shard${i + 1}of${count}.bin`,
    bytes.slice(i * size, (i + 1) * size),
  ];
  return Object.fromEntries(Array.from({ length: count }, (_, i) => shard(i)));
};
