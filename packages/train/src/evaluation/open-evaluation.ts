// Scores and outputs of many networks that differ in their weights: the engine is opened once, and what is compiled takes
// weights as inputs.
import {
  modelParameters,
  prefixed,
  requireArgument,
  requireModel,
  type EngineSession,
  type Model,
  type Scores,
  type Target,
} from '@mapping-networks/core';
import { requireOptions } from '../check-part.ts';
import { compileEvaluator, type Evaluator } from './evaluator.ts';
import type { Materializer } from './materialize.ts';
import { compilePredictor, inputCount, type Prediction, type Predictor } from './predictor.ts';
import { checkEvaluation, evaluatorSetting, type EvaluationOptions } from './scoring.ts';

/** An engine that scores networks on one split until it is disposed of. What it is asked for, it does one by one. */
export interface Evaluation {
  /** What `evaluate` gives for this model, within float32 rounding. */
  scores(model: Model): Promise<Scores>;
  /** What `predict` gives for this model and these inputs, within float32 rounding. @throws TRAIN_INPUT_LENGTH */
  predict(model: Model, inputs: Float32Array): Promise<Prediction>;
  /** Closes the engine: what is asked afterwards is rejected by it. A second call does nothing. */
  dispose(): void;
}

/**
 * Opens an engine to score many models on one split, such as one network pruned in many ways. Weights come from the
 * canonical generator and are inputs of what is compiled, so that a model costs its forward passes alone; another
 * target than the model before is compiled for anew. An open engine holds memory (`onnx` a thread besides) until
 * `dispose`, but does not keep a process alive.
 *
 * @throws CORE_INVALID_ARGUMENT, TRAIN_INVALID_PART, TRAIN_INVALID_OPTION, TRAIN_EMPTY_SPLIT, TRAIN_NO_TASK_LOSS, and what the engine throws
 * @example
 * ```ts
 * import { mapping, modelMap } from '@mapping-networks/core';
 * import { glyphs } from '@mapping-networks/datasets';
 * import { wasm } from '@mapping-networks/engine-eager';
 * import { crossEntropy } from '@mapping-networks/losses';
 * import { mlp } from '@mapping-networks/targets';
 * import { openEvaluation } from '@mapping-networks/train';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const { test } = await glyphs({ train: 10, validation: 10, test: 50 }).impl.load();
 * const evaluation = await openEvaluation({ split: test, loss: crossEntropy(), engine: wasm() });
 * for (const seed of [1, 2, 3]) {
 *   const scores = await evaluation.scores({ ...parts, trainables: modelMap(parts).init(seed), buffers: {} });
 *   console.log(scores); // { loss: …, accuracy: … }
 * }
 * evaluation.dispose();
 * ```
 */
export const openEvaluation = async (options: EvaluationOptions): Promise<Evaluation> => {
  requireOptions('openEvaluation', options);
  checkEvaluation('openEvaluation', options);
  const { split, engine, batchSize = 256 } = options;
  const session = await engine.impl.open();
  const inTurn = queue();
  let compiled: Compiled | undefined;
  const compiledFor = (target: Target): Compiled => {
    if (compiled?.target === target) return compiled;
    compiled?.dispose();
    compiled = compileFor(session, target, options);
    return compiled;
  };
  return {
    scores: (model) =>
      inTurn(async () => {
        requireModel('scores', model);
        const scores = await compiledFor(model.target.impl).evaluator().scores(model, split);
        return scores ?? { loss: Number.NaN };
      }),
    predict: (model, inputs) =>
      inTurn(async () => {
        requireModel('predict', model);
        requireArgument(ArrayBuffer.isView(inputs), 'predict', 'inputs', 'a Float32Array', inputs);
        const target = model.target.impl;
        const size = Math.min(batchSize, inputCount(target, inputs));
        return compiledFor(target)
          .predictor(size)
          .run(await canonical.run(model), inputs);
      }),
    dispose: () => session.dispose(),
  };
};

/** What is compiled for one target, each part when it is first asked for. */
interface Compiled {
  readonly target: Target;
  readonly evaluator: () => Evaluator<Model>;
  readonly predictor: (batchSize: number) => Predictor;
  readonly dispose: () => void;
}

const compileFor = (session: EngineSession, target: Target, options: EvaluationOptions): Compiled => {
  let evaluator: Evaluator<Model> | undefined;
  let predictor: { readonly batchSize: number; readonly of: Predictor } | undefined;
  return {
    target,
    evaluator: () => (evaluator ??= compileEvaluator(session, canonical, evaluatorSetting(target, options))),
    predictor: (batchSize) => {
      if (predictor?.batchSize !== batchSize) {
        predictor?.of.dispose();
        predictor = { batchSize, of: compilePredictor(session, target, batchSize) };
      }
      return predictor.of;
    },
    dispose: () => {
      evaluator?.dispose();
      predictor?.of.dispose();
    },
  };
};

/** Weights without the engine: nothing is compiled for a map. */
const canonical: Materializer<Model> = {
  run: (model) =>
    Promise.resolve({
      ...prefixed('parameter.', modelParameters(model)),
      ...prefixed('buffer.', model.buffers),
    }),
  dispose: () => {},
};

/** Runs what it is given one after the other, so that nothing is disposed of while it is used. */
const queue = (): (<T>(work: () => Promise<T>) => Promise<T>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };
};
