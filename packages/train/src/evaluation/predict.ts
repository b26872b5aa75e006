// Outputs of a trained model for inputs of the caller's.
import { modelMap, requireArgument, requireModel, type Model, type Part } from '@mapping-networks/core';
import { checkPart, requireOptions } from '../check-part.ts';
import { logitCount } from '../errors.ts';
import { checkBatchSize } from './filled-batches.ts';
import { compileMaterializeAlone } from './materialize-alone.ts';
import { compilePredictor, inputCount, type Prediction } from './predictor.ts';

/** What `predict` takes: a model, the inputs, and where to run. */
export interface PredictOptions {
  readonly model: Model;
  /** Inputs one after another, each flat in row-major order and normalised like the training data. */
  readonly inputs: Float32Array;
  readonly engine: Part<'engine'>;
  /** Inputs in one forward pass. Default 256. */
  readonly batchSize?: number;
}

/**
 * The target's outputs for inputs, in evaluation mode.
 *
 * @throws CORE_INVALID_ARGUMENT, TRAIN_INVALID_PART, TRAIN_INVALID_OPTION, TRAIN_INPUT_LENGTH, and what the engine throws
 * @example
 * ```ts
 * import { mapping, modelMap } from '@mapping-networks/core';
 * import { wasm } from '@mapping-networks/engine-eager';
 * import { mlp } from '@mapping-networks/targets';
 * import { predict, probabilities } from '@mapping-networks/train';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * const { outputs } = await predict({ model, inputs: new Float32Array(2 * 784), engine: wasm() });
 * console.log(probabilities(outputs, 10).length); // 20
 * ```
 */
export const predict = async (options: PredictOptions): Promise<Prediction> => {
  requireOptions('predict', options);
  const { model, inputs, engine, batchSize = 256 } = options;
  requireModel('predict', model);
  requireArgument(ArrayBuffer.isView(inputs), 'predict', 'inputs', 'a Float32Array', inputs);
  checkPart('engine', 'engine', engine);
  checkBatchSize(batchSize);
  const target = model.target.impl;
  const size = inputCount(target, inputs);
  const map = modelMap(model);
  const session = await engine.impl.open();
  try {
    const network = await compileMaterializeAlone(session, map).run(model);
    return await compilePredictor(session, target, Math.min(batchSize, size)).run(network, inputs);
  } finally {
    session.dispose();
  }
};

/**
 * Softmax of each row of `classes` logits, in float64: `exp(l_i − max) / Σ exp(l_j − max)`.
 *
 * @throws CORE_INVALID_ARGUMENT, TRAIN_LOGIT_COUNT
 * @example
 * ```ts
 * import { probabilities } from '@mapping-networks/train';
 * console.log(probabilities(Float32Array.of(0, 0, 2, 2), 2)); // Float32Array [0.5, 0.5, 0.5, 0.5]
 * ```
 */
export const probabilities = (logits: Float32Array, classes: number): Float32Array => {
  requireArgument(ArrayBuffer.isView(logits), 'probabilities', 'logits', 'a Float32Array', logits);
  if (!Number.isSafeInteger(classes) || classes < 1 || logits.length % classes !== 0)
    throw logitCount(logits.length, classes);
  const out = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += classes) {
    const row = logits.subarray(start, start + classes);
    const highest = row.reduce((most, logit) => Math.max(most, logit), Number.NEGATIVE_INFINITY);
    const sum = row.reduce((total, logit) => total + Math.exp(logit - highest), 0);
    row.forEach((logit, i) => (out[start + i] = Math.exp(logit - highest) / sum));
  }
  return out;
};
