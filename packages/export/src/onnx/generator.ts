// The exporter of ONNX models that hold a latent and seeds instead of weights, and make the weights when they are loaded.
import {
  definePlugin,
  modelMap,
  prefixed,
  unprefixed,
  type Exporter,
  type ExportTolerance,
  type Model,
  type Plugin,
  type Step,
} from '@mapping-networks/core';
import { encodeModel, exportGenerator, loadGradients } from '@mapping-networks/graph';
import { z } from 'zod';
import { fileOf } from '../file-of.ts';
import { toleranceSchema } from '../tolerance.ts';
import { runOnnx } from './run-onnx.ts';
import { INPUT, inferenceStep } from './step.ts';

const FILE = 'generator.onnx';

/** Begin the names of what weights are made of. */
const [TRAINED, MAP] = ['trained/', 'map/'] as const;

/** Options of `generator`. */
export interface GeneratorExportOptions {
  /** Default: outputs within 1e-3 of the largest, because sums of the map are taken in another order. */
  readonly tolerance: ExportTolerance;
}

/**
 * An ONNX model, `generator.onnx`, that holds the latent and the keys of the map's random numbers, draws these and computes the
 * weights when a session is created: a few kilobytes to download, and then as fast as `onnx` where the runtime computes
 * constants once, as ONNX Runtime does. Input and output are those of `onnx`. In the fewest bits that hold them are stored
 * masks, tables of a map that are no random bits or subsets, such as the indices of `oneHot`, and those of large networks that
 * would take more than 300 MB of memory to draw.
 *
 * @throws EXPORT_NO_ONNX_RUNTIME from `load`; what `exportGenerator` of graph throws from `write`
 * @example
 * ```ts
 * import { mapping, modelMap } from '@mapping-networks/core';
 * import { generator } from '@mapping-networks/export';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 1024 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * const { 'generator.onnx': bytes } = await generator().impl.write(model, {});
 * console.log(bytes!.length < 12_000); // true
 * ```
 */
export const generator: Plugin<
  'exporter',
  'generator',
  Partial<GeneratorExportOptions>,
  GeneratorExportOptions
> = definePlugin({
  kind: 'exporter',
  name: 'generator',
  summary: 'An ONNX model that holds the latent and seeds, and makes the weights when it is loaded.',
  options: z.strictObject({ tolerance: toleranceSchema.default({ output: 1e-3 }) }),
  slots: {},
  create: ({ tolerance }): Exporter => ({
    tolerance,
    write: async (model) => ({ [FILE]: await write(model) }),
    load: async (files) => runOnnx(fileOf(files, FILE)),
  }),
});

const write = async (model: Model): Promise<Uint8Array> => {
  await loadGradients();
  const map = modelMap(model);
  const infer = inferenceStep(model);
  const step: Step = (tensors) => {
    const weights = map.materialize(unprefixed(TRAINED, tensors), unprefixed(MAP, tensors));
    return infer({ ...tensors, ...weights });
  };
  const portable = exportGenerator(step, {
    name: model.target.name,
    inputs: { [INPUT]: { shape: model.target.impl.inputShape, dtype: 'float32' } },
    weights: { ...prefixed(TRAINED, model.trainables), ...prefixed(MAP, map.frozen()), ...model.buffers },
    randomRows: map.randomRows?.() ?? [],
    encoding: prefixed(TRAINED, model.encoding ?? {}),
  });
  return encodeModel(portable);
};
