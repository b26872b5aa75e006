// Evaluation of a trained model on one split, on its own: opens the engine, scores, closes it.
import { modelMap, requireModel, type Model, type Scores } from '@mapping-networks/core';
import { requireOptions } from '../check-part.ts';
import { compileEvaluator } from './evaluator.ts';
import { compileMaterializeAlone } from './materialize-alone.ts';
import { checkEvaluation, evaluatorSetting, type EvaluationOptions } from './scoring.ts';

/** What `evaluate` takes: a model, the examples, what to score, and where to run. */
export interface EvaluateOptions extends EvaluationOptions {
  readonly model: Model;
}

/**
 * Average task loss and metrics of a model over a split, in evaluation mode. For many models: `openEvaluation`.
 *
 * @throws CORE_INVALID_ARGUMENT, TRAIN_INVALID_PART, TRAIN_INVALID_OPTION, TRAIN_EMPTY_SPLIT, TRAIN_NO_TASK_LOSS, and what the engine throws
 * @example
 * ```ts
 * import { mapping, modelMap } from '@mapping-networks/core';
 * import { glyphs } from '@mapping-networks/datasets';
 * import { wasm } from '@mapping-networks/engine-eager';
 * import { crossEntropy } from '@mapping-networks/losses';
 * import { mlp } from '@mapping-networks/targets';
 * import { evaluate } from '@mapping-networks/train';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * const { test } = await glyphs({ train: 10, validation: 10, test: 50 }).impl.load();
 * const scores = await evaluate({ model, split: test, loss: crossEntropy(), engine: wasm() });
 * console.log(scores); // { loss: …, accuracy: … }
 * ```
 */
export const evaluate = async (options: EvaluateOptions): Promise<Scores> => {
  requireOptions('evaluate', options);
  const { model, split, engine } = options;
  requireModel('evaluate', model);
  checkEvaluation('evaluate', options);
  const [map, setting] = [modelMap(model), evaluatorSetting(model.target.impl, options)];
  const session = await engine.impl.open();
  try {
    const evaluator = compileEvaluator(session, compileMaterializeAlone(session, map), setting);
    return (await evaluator.scores(model, split)) ?? { loss: Number.NaN };
  } finally {
    session.dispose();
  }
};
