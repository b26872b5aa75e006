// Writes a network by several exporters, loads each export in its own runtime, and compares it with the network.
import {
  MappingNetworksError,
  requireArgument,
  requireModel,
  requireWhole,
  sizeOf,
  isPart,
  toSpec,
  type ArrayTensor,
  type Model,
  type Part,
} from '@mapping-networks/core';
import { wasm } from '@mapping-networks/engine-eager';
import { exporterFailed, wrongInputs, wrongLabels, exportsFailed } from './errors.ts';
import { requireFileName } from './file-name.ts';
import { judge } from './judge.ts';
import { measure, type Measurement } from './measure/measure.ts';
import { sourceOutputs } from './measure/source-outputs.ts';
import type { ExportResult } from './result.ts';

/** What exports are compared on. */
export interface ExportOptions {
  /** `[examples, ...inputShape]`, normalised like the training data; best those of a test split. */
  readonly inputs: ArrayTensor;
  /** The class of each input, for accuracy. */
  readonly labels?: ArrayLike<number>;
  /** `[examples, ...inputShape]` of the training split, for exporters that calibrate. Default: the inputs. */
  readonly calibration?: ArrayTensor;
  /** What the source computes for `inputs`, where it is known: canonical weights on any engine. */
  readonly outputs?: ArrayTensor;
  /** What computes the source's outputs. Default `wasm`: TensorFlow.js. */
  readonly engine?: Part<'engine'>;
  /** Calls that latency is taken over, 1 … 1000; four times as many for single inputs. Default 5. */
  readonly repeats?: number;
}

/**
 * A network as files for other runtimes, each checked there: one result for each exporter, in their order. An export that
 * cannot be written or run, or whose outputs are further from the source's than its tolerance, has not `passed` and says
 * why in `error`; it does not keep the others from being made. `requirePassed` throws for it.
 *
 * @throws CORE_INVALID_ARGUMENT, EXPORT_INPUTS, EXPORT_LABELS, and what the engine of the source throws
 * @example
 * ```ts
 * import { float32, mapping, modelMap } from '@mapping-networks/core';
 * import { exportNetwork, latent } from '@mapping-networks/export';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * const inputs = float32(new Float32Array(4 * 784).fill(0.5), [4, 28, 28, 1]);
 * const [result] = await exportNetwork(model, [latent()], { inputs });
 * console.log(result?.passed, result?.bytes); // true …
 * ```
 */
export const exportNetwork = async (
  model: Model,
  exporters: readonly Part<'exporter'>[],
  options: ExportOptions,
): Promise<readonly ExportResult[]> => {
  requireModel('exportNetwork', model);
  const fits = Array.isArray(exporters) && exporters.every((each) => isPart(each, 'exporter'));
  requireArgument(fits, 'exportNetwork', 'exporters', 'a list of exporters, such as [latent()]', exporters);
  const isOptions = typeof options === 'object' && options !== null;
  requireArgument(isOptions, 'exportNetwork', 'options', 'an object with inputs', options);
  const { inputs, labels, calibration = inputs, engine = wasm(), repeats = 5 } = options;
  requireWhole('exportNetwork', 'repeats', repeats, 1, 1000);
  requireExamples('inputs', model, inputs);
  requireExamples('calibration', model, calibration);
  const size = inputs.shape[0] ?? 0;
  if (labels !== undefined && labels.length !== size) throw wrongLabels(size, labels.length);
  const source = options.outputs ?? (await sourceOutputs(model, inputs, engine));
  const results: ExportResult[] = [];
  for (const exporter of exporters) {
    const name = numbered(
      exporter.name,
      results.map(({ spec }) => spec.use),
    );
    const measurement = { inputs, labels, source, repeats };
    results.push(await exportOne({ model, exporter, name, calibration, measurement }));
  }
  return results;
};

const requireExamples = (what: 'inputs' | 'calibration', model: Model, given: ArrayTensor): void => {
  const isArray = ArrayBuffer.isView(given?.data) && Array.isArray(given.shape);
  requireArgument(isArray, 'exportNetwork', what, 'an array of examples, float32(data, shape)', given);
  const { inputShape } = model.target.impl;
  const [examples = 0, ...one] = given.shape;
  if (examples < 1 || one.join() !== inputShape.join()) throw wrongInputs(what, inputShape, given.shape);
};

const numbered = (name: string, before: readonly string[]): string => {
  const count = before.filter((each) => each === name).length;
  return count === 0 ? name : `${name}-${count + 1}`;
};

interface Work {
  readonly model: Model;
  readonly exporter: Part<'exporter'>;
  readonly name: string;
  readonly calibration: ArrayTensor;
  readonly measurement: Measurement;
}

const exportOne = async ({
  model,
  exporter,
  name,
  calibration,
  measurement,
}: Work): Promise<ExportResult> => {
  const { tolerance, write, load } = exporter.impl;
  const common = { name, spec: toSpec(exporter), tolerance };
  let files: ExportResult['files'] = {};
  try {
    files = await write(model, { calibration });
    for (const file of Object.keys(files)) requireFileName(name, file);
  } catch (cause) {
    return { ...common, files: {}, bytes: 0, passed: false, error: ours(name, 'write', cause) };
  }
  const bytes = Object.values(files).reduce((sum, { length }) => sum + length, 0);
  try {
    const network = await load(files, model);
    try {
      const figures = await measure(name, network, measurement);
      const error = judge(name, figures, tolerance, sizeOf(model.target.impl.outputShape));
      return { ...common, files, bytes, figures, passed: error === undefined, ...(error && { error }) };
    } finally {
      network.dispose();
    }
  } catch (cause) {
    return { ...common, files, bytes, passed: false, error: ours(name, 'run', cause) };
  }
};

const ours = (name: string, doing: 'write' | 'run', cause: unknown): MappingNetworksError =>
  cause instanceof MappingNetworksError ? cause : exporterFailed(name, doing, cause);

/**
 * Throws unless all exports have passed: the error of the one that has not, or one error that tells all of them.
 *
 * @throws EXPORT_BEYOND_TOLERANCE with the figures, EXPORT_FAILED, EXPORT_NOT_PASSED for several, and what exporters throw
 * @example
 * ```ts
 * import { float32, mapping, modelMap } from '@mapping-networks/core';
 * import { exportNetwork, latent, requirePassed } from '@mapping-networks/export';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * const inputs = float32(new Float32Array(784).fill(0.5), [1, 28, 28, 1]);
 * requirePassed(await exportNetwork(model, [latent()], { inputs }));
 * ```
 */
export const requirePassed = (results: readonly ExportResult[]): void => {
  const errors = results.flatMap(({ error }) => (error === undefined ? [] : [error]));
  if (errors.length > 1)
    throw exportsFailed(
      errors.map(({ message }) => message),
      errors[0],
    );
  if (errors[0] !== undefined) throw errors[0];
};
