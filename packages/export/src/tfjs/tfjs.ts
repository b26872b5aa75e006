// The exporter of models for TensorFlow.js, layers models and graph models: model.json, and the weights in shards.
import {
  definePlugin,
  modelMap,
  type Exporter,
  type ExportTolerance,
  type LayeredNetwork,
  type Model,
  type Plugin,
} from '@mapping-networks/core';
import { z } from 'zod';
import { notLayered } from '../errors.ts';
import { smaller } from '../smaller.ts';
import { toleranceSchema } from '../tolerance.ts';
import type { TfjsQuantization } from './encode-weight.ts';
import { graphModel } from './graph-model.ts';
import { layersModel } from './layers-model.ts';
import { loadModel } from './load-model.ts';
import type { Files } from './model-files.ts';

/** Options of `tfjs`. */
export interface TfjsOptions {
  /**
   * `layers`: a layers model, which `tf.loadLayersModel` loads and which can be trained on. `graph`: a graph model, which
   * `tf.loadGraphModel` loads; zeros are left out, int8 and int4 are stored as they are, with a scale for each unit too.
   * `auto`, the default: a layers model, but a graph model where its weights take a tenth less: of a network that has been
   * quantized or pruned. The `runtime` of the result tells which one it is.
   */
  readonly format: 'auto' | 'layers' | 'graph';
  /**
   * How weights are stored; TensorFlow.js makes float32 of them when it loads. `auto`, the default, uses fewer bits where
   * the network has been quantized so that nothing is lost: float16, int8 and int4; in a layers model the latter two with
   * one scale a tensor only. `float16` rounds all tensors without numbers beyond 65,504; `uint8` and `uint16` put kernels on
   * a grid of 256 or 65,536 steps.
   */
  readonly quantization: 'auto' | TfjsQuantization;
  /**
   * When a graph model multiplies weights with their scales, and puts zeros between them. `eachCall`, the default. `once`:
   * at the first call of `predict`, which makes all others as fast as those of a layers model, but has to stand outside of
   * `tf.tidy`: there TensorFlow.js 4.22 disposes of what it will need again, and fails at the second call.
   */
  readonly decode: 'eachCall' | 'once';
  /** Bytes of a shard of weights at most, 1,024 … 1,073,741,824. Default 4,194,304, which browsers cache. */
  readonly shardBytes: number;
  /** Default: outputs within 1e-4 of the largest; 0.01 for float16 and uint16; uint8: accuracy within 0.02. */
  readonly tolerance?: ExportTolerance | undefined;
}

const schema = z.strictObject({
  format: z
    .enum(['auto', 'layers', 'graph'])
    .default('auto')
    .describe('Which loader it is for; auto: a graph model where its weights take a tenth less.'),
  quantization: z
    .enum(['auto', 'none', 'float16', 'uint16', 'uint8'])
    .default('auto')
    .describe('How weights are stored; auto: in fewer bits where that loses nothing.'),
  decode: z
    .enum(['eachCall', 'once'])
    .default('eachCall')
    .describe('When a graph model makes its weights whole; once: at the first call, outside of tf.tidy.'),
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
 * A model for TensorFlow.js, `model.json` and `group1-shard1of1.bin`: a layers model, or a graph model where that is clearly
 * smaller; `format` under the same name in model.json says which. Filters and units that pruning has emptied are cut out,
 * except of quantized networks whose codes make a smaller file.
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
  summary: 'A layers or graph model for TensorFlow.js: model.json and weights, in the fewest bits.',
  options: schema,
  slots: {},
  create: (options): Exporter => ({
    tolerance: options.tolerance ?? TOLERANCES[options.quantization],
    write: (model) => write(model, options),
    load: loadModel,
  }),
});

const write = async (given: Model, options: TfjsOptions): Promise<Files> => {
  const { format, quantization } = options;
  const small = smaller(given);
  // The codes of a quantized network are not those of a smaller one.
  const model = quantization === 'auto' && modelMap(given).formats ? given : small;
  const layers = (): Promise<Files> => layersModel(model, networkOf(model), options);
  if (format === 'layers') return layers();
  const graphs = [...new Set([model, small])].map((each) => graphModel(each, networkOf(each), options));
  const graph = graphs.reduce((best, files) => (weightBytes(files) < weightBytes(best) ? files : best));
  if (format === 'graph') return graph;
  const usual = await layers();
  return weightBytes(graph) < CLEARLY * weightBytes(usual) ? graph : usual;
};

/** A graph model is worth a loader of its own where its weights take less than this share. */
const CLEARLY = 0.9;

const weightBytes = (files: Files): number =>
  Object.entries(files).reduce((sum, [name, { length }]) => sum + (name === 'model.json' ? 0 : length), 0);

/** @throws EXPORT_NOT_LAYERED */
const networkOf = ({ target }: Model): LayeredNetwork => {
  const { network } = target.impl;
  if (network === undefined) throw notLayered('tfjs', target.name);
  return network;
};
