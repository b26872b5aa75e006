// The exporter of ONNX models.
import {
  definePlugin,
  type Exporter,
  type ExportTolerance,
  type Model,
  type Plugin,
} from '@mapping-networks/core';
import { encodeModel, toSparse } from '@mapping-networks/graph';
import { z } from 'zod';
import { fileOf } from '../file-of.ts';
import { examples } from '../measure/examples.ts';
import { smaller } from '../smaller.ts';
import { toleranceSchema } from '../tolerance.ts';
import { inPrecision, type OnnxPrecision } from './precision.ts';
import { runOnnx } from './run-onnx.ts';

const FILE = 'model.onnx';

/** Options of `onnx`. */
export interface OnnxExportOptions {
  /**
   * `auto`, the default: weights in fewer bits where the network has been quantized so that nothing is lost, int8 and
   * float16; all computing in float32. `float32`; `float16` rounds all weights; `int8` computes in integers: weights as
   * int8 with a scale for each unit (those of a quantized network stay as they are), activations as uint8 in ranges that
   * calibration finds, in the form that runtimes look for (QuantizeLinear, DequantizeLinear).
   */
  readonly precision: OnnxPrecision;
  /**
   * Whether constants with many zeros are stored as the others and their places, where that is smaller; they are made whole
   * when the model is loaded. Default true.
   */
  readonly sparse: boolean;
  /**
   * How calibration finds the range of an activation; see `createObserver` of quantize. Default `minMax`, which is what
   * the inputs of the network always get.
   */
  readonly observer: 'minMax' | 'percentile' | 'entropy';
  /** Of `percentile`: share of the numbers below the upper end of a range, 50 … 100. Default 99.99. */
  readonly percentile: number;
  /** Calibration uses so many inputs at most, 1 … 1,000,000. Default 512. */
  readonly calibrationExamples: number;
  /** Default: outputs within 1e-4 of the largest; 0.01 for float16; for int8 accuracy within 0.02. */
  readonly tolerance?: ExportTolerance | undefined;
}

const schema = z.strictObject({
  precision: z
    .enum(['auto', 'float32', 'float16', 'int8'])
    .default('auto')
    .describe('Of weights, and for int8 of activations; auto: in fewer bits where that loses nothing.'),
  sparse: z.boolean().default(true).describe('Whether zeros are left out where that is smaller.'),
  observer: z
    .enum(['minMax', 'percentile', 'entropy'])
    .default('minMax')
    .describe('How calibration finds the range of an activation.'),
  percentile: z
    .number()
    .min(50)
    .max(100)
    .default(99.99)
    .describe('Of percentile: share of the numbers below the upper end of a range.'),
  calibrationExamples: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(512)
    .describe('Calibration uses so many inputs at most.'),
  tolerance: toleranceSchema.optional(),
});

const TOLERANCES: Readonly<Record<OnnxPrecision, ExportTolerance>> = {
  auto: { output: 1e-4 },
  float32: { output: 1e-4 },
  float16: { output: 0.01 },
  int8: { accuracy: 0.02 },
};

/**
 * An ONNX model, `model.onnx`: input `input` `[batch, ...inputShape]` with images channels-last, output `output`, for
 * batches of any size. Filters and units that pruning has emptied are cut out.
 *
 * @throws CORE_INVALID_OPTIONS; EXPORT_NO_CALIBRATION from `write` for int8 without inputs; EXPORT_NO_ONNX_RUNTIME from
 * `load`, and from `write` for int8; what `exportInference` of graph throws
 * @example
 * ```ts
 * import { mapping, modelMap } from '@mapping-networks/core';
 * import { onnx } from '@mapping-networks/export';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * console.log(Object.keys(await onnx().impl.write(model, {}))); // ['model.onnx']
 * ```
 */
export const onnx: Plugin<'exporter', 'onnx', Partial<OnnxExportOptions>, OnnxExportOptions> = definePlugin({
  kind: 'exporter',
  name: 'onnx',
  summary: 'An ONNX model for any runtime, batches of any size; float32, float16 or int8.',
  options: schema,
  slots: {},
  create: (options): Exporter => ({
    tolerance: options.tolerance ?? TOLERANCES[options.precision],
    write: async (model, { calibration }) => ({ [FILE]: await smallest(model, options, calibration) }),
    load: async (files) => runOnnx(fileOf(files, FILE)),
  }),
});

/** Cutting out units gives up the codes of a quantized network: what makes the smaller file is taken. */
const smallest = async (
  model: Model,
  { precision, sparse, observer, percentile, calibrationExamples }: OnnxExportOptions,
  inputs: Parameters<Exporter['write']>[1]['calibration'],
): Promise<Uint8Array> => {
  const count = Math.min(inputs?.shape[0] ?? 0, calibrationExamples);
  const calibration = {
    observer: observer === 'percentile' ? { type: observer, percentile } : { type: observer },
    inputs: inputs ? examples(inputs, 0, count) : undefined,
  };
  const files: Uint8Array[] = [];
  for (const each of new Set([model, smaller(model)])) {
    const portable = await inPrecision(each, precision, calibration);
    files.push(encodeModel(sparse ? toSparse(portable) : portable));
  }
  return files.reduce((least, file) => (file.length < least.length ? file : least));
};
