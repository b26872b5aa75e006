// Outputs of a trained model for inputs of the caller's.
import {
  float32,
  modelMap,
  requireArgument,
  requireModel,
  sizeOf,
  type Model,
  type Part,
} from '@mapping-networks/core';
import { checkPart, requireOptions } from '../check-part.ts';
import { inputLength, logitCount } from '../errors.ts';
import { entry } from '../named.ts';
import { checkBatchSize, filledBatches } from './filled-batches.ts';
import { forwardStep, weightSignature } from './forward.ts';
import { compileMaterializeAlone } from './materialize-alone.ts';

/** What `predict` takes: a model, the inputs, and where to run. */
export interface PredictOptions {
  readonly model: Model;
  /** Inputs one after another, each flat in row-major order and normalised like the training data. */
  readonly inputs: Float32Array;
  readonly engine: Part<'engine'>;
  /** Inputs in one forward pass. Default 256. */
  readonly batchSize?: number;
}

/** The outputs of a model for some inputs. */
export interface Prediction {
  /** The number of inputs. */
  readonly size: number;
  /** Shape of one output. */
  readonly outputShape: readonly number[];
  /** `[size, ...outputShape]`, flat; logits for classifiers. */
  readonly outputs: Float32Array;
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
  const length = sizeOf(target.inputShape);
  if (inputs.length === 0 || inputs.length % length !== 0) throw inputLength(inputs.length, length);
  const size = inputs.length / length;
  const perBatch = Math.min(batchSize, size);
  const shape = [perBatch, ...target.inputShape];
  const outputs = new Float32Array(size * sizeOf(target.outputShape));
  const map = modelMap(model);
  const session = await engine.impl.open();
  try {
    const network = await compileMaterializeAlone(session, map).run(model);
    const compiled = session.compile(
      forwardStep(target, (output) => ({ output })),
      {
        name: 'predict',
        frozen: {},
        inputs: { ...weightSignature(target), 'batch.x': { shape, dtype: 'float32' } },
      },
    );
    let done = 0;
    for (const { indices, count } of filledBatches(size, perBatch)) {
      const x = new Float32Array(perBatch * length);
      indices.forEach((index, i) => x.set(inputs.subarray(index * length, (index + 1) * length), i * length));
      const { data } = entry(await compiled.run({ ...network, 'batch.x': float32(x, shape) }), 'output');
      outputs.set(data.subarray(0, count * sizeOf(target.outputShape)), done * sizeOf(target.outputShape));
      done += count;
    }
  } finally {
    session.dispose();
  }
  return { size, outputShape: target.outputShape, outputs };
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
