// The exporter of plain weights, for whoever has the network's code.
import {
  decodeHalf,
  definePlugin,
  encodeHalf,
  float32,
  modelMap,
  modelParameters,
  type Exporter,
  type ExportTolerance,
  type Model,
  type NamedArrays,
  type Plugin,
  type WeightFormat,
} from '@mapping-networks/core';
import { z } from 'zod';
import { beyondHalf } from '../errors.ts';
import { fileOf } from '../file-of.ts';
import { runByTarget } from '../measure/run-by-target.ts';
import { requireSameWeights } from '../measure/same-weights.ts';
import { toleranceSchema } from '../tolerance.ts';
import { readWeights } from './read-weights.ts';
import { writeWeights } from './weights-file.ts';

const FILE = 'weights.safetensors';

/** Options of `safetensors`. */
export interface SafetensorsOptions {
  /**
   * What weights are stored in. `auto`, the default: in the fewest bits that lose nothing, where the network has been
   * quantized (int8 and int4 as codes with scales, float16, bfloat16), else in float32. `float32` for readers that know
   * nothing of this package, `float16` and `bfloat16` round all weights; float16 ends at 65,504.
   */
  readonly type: 'auto' | 'float32' | 'float16' | 'bfloat16';
  /**
   * Whether tensors with zeros are stored as the others and a bit for each element, where that is smaller. Default true;
   * false for readers that know nothing of this package.
   */
  readonly sparse: boolean;
  /** Default: outputs within 1e-4 of the largest; 0.01 for float16, 0.05 for bfloat16. */
  readonly tolerance?: ExportTolerance | undefined;
}

const schema = z.strictObject({
  type: z
    .enum(['auto', 'float32', 'float16', 'bfloat16'])
    .default('auto')
    .describe('What weights are stored in; auto: in the fewest bits that lose nothing.'),
  sparse: z.boolean().default(true).describe('Whether zeros are left out where that is smaller.'),
  tolerance: toleranceSchema.optional(),
});

const TOLERANCES: Readonly<Record<SafetensorsOptions['type'], ExportTolerance>> = {
  auto: { output: 1e-4 },
  float32: { output: 1e-4 },
  float16: { output: 0.01 },
  bfloat16: { output: 0.05 },
};

/**
 * The weights in one safetensors file, `weights.safetensors`, by the names of the target's parameters; buffers under
 * `buffer/`. What `auto` and `float32` write is read back to the same bits, which `load` checks.
 *
 * @throws EXPORT_BEYOND_HALF from `write`; EXPORT_MISSING_FILE, EXPORT_INVALID_WEIGHTS and EXPORT_WEIGHTS_DIFFER from `load`
 * @example
 * ```ts
 * import { mapping, modelMap } from '@mapping-networks/core';
 * import { safetensors } from '@mapping-networks/export';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * const files = await safetensors({ type: 'float16' }).impl.write(model, {});
 * console.log(files['weights.safetensors']!.length < 2 * 101_770 + 1000); // true
 * ```
 */
export const safetensors: Plugin<
  'exporter',
  'safetensors',
  Partial<SafetensorsOptions>,
  SafetensorsOptions
> = definePlugin({
  kind: 'exporter',
  name: 'safetensors',
  summary: 'The weights by name in one file, in few bits and without zeros where nothing is lost.',
  options: schema,
  slots: {},
  create: ({ type, sparse, tolerance = TOLERANCES[type] }): Exporter => ({
    tolerance,
    write: async (model) => {
      const formats = formatsOf(model, type);
      const parameters = rounded(modelParameters(model), type);
      return { [FILE]: writeWeights({ model, parameters, formats, sparse }) };
    },
    load: async (files, model) => {
      const { parameters, buffers } = readWeights(fileOf(files, FILE));
      requireSameWeights(parameters, rounded(modelParameters(model), type));
      return runByTarget('readWeights', { target: model.target, parameters, buffers });
    },
  }),
});

const formatsOf = (
  model: Model,
  type: SafetensorsOptions['type'],
): Readonly<Record<string, WeightFormat>> => {
  if (type === 'auto') return modelMap(model).formats?.(model.trainables) ?? {};
  if (type === 'float32') return {};
  return Object.fromEntries(model.target.impl.parameters.parameters.map(({ name }) => [name, { type }]));
};

/** The weights as the file has them. @throws EXPORT_BEYOND_HALF */
const rounded = (parameters: NamedArrays, type: SafetensorsOptions['type']): NamedArrays => {
  if (type === 'auto' || type === 'float32') return parameters;
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { data, shape }]) => {
      const values = decodeHalf(type, encodeHalf(type, Float32Array.from(data)));
      const lost = values.findIndex((value, i) => !Number.isFinite(value) && Number.isFinite(data[i]));
      if (lost >= 0) throw beyondHalf(name, data[lost] as number, type);
      return [name, float32(values, shape)];
    }),
  );
};
