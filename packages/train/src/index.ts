// Training and evaluation of any parameterization of any target.
export { train } from './train.ts';
export { callback, type CallbackOptions } from './run/callback.ts';
export type { TrainOptions, TrainParts } from './run/options.ts';
export type { TrainStart } from './run/start.ts';
export { resolveSettings, settingNames, type TrainSettings } from './run/settings.ts';
export type { TrainResult } from './run/result.ts';
export type { RunState } from './step/state.ts';
export type { BestState, Checkpoint, CheckpointStore, RunFacts } from './checkpoint/checkpoint.ts';
export { decodeCheckpoint } from './checkpoint/decode.ts';
export { CHECKPOINT_VERSION, encodeCheckpoint } from './checkpoint/encode.ts';

export { evaluate, type EvaluateOptions } from './evaluation/evaluate.ts';
export { compileGenerator, type CompiledGenerator, type GeneratorOptions } from './evaluation/generator.ts';
export { openEvaluation, type Evaluation } from './evaluation/open-evaluation.ts';
export { predict, probabilities, type PredictOptions } from './evaluation/predict.ts';
export type { Prediction } from './evaluation/predictor.ts';
export type { EvaluationOptions } from './evaluation/scoring.ts';

export { adam, adamW, type AdamOptions, type AdamWOptions } from './optimizers/adam.ts';
export { clipByNorm, type ClipByNormOptions } from './optimizers/clip-by-norm.ts';
export { lookahead, type LookaheadOptions, type LookaheadPace } from './optimizers/lookahead.ts';
export { rAdam, type RAdamOptions } from './optimizers/radam.ts';
export { ranger, type RangerOptions } from './optimizers/ranger.ts';
export { sgd, type SgdOptions } from './optimizers/sgd.ts';

export type { MomentOptions } from './optimizers/transforms/moments.ts';
export { scaleByAdam } from './optimizers/transforms/scale-by-adam.ts';
export { scaleByRadam } from './optimizers/transforms/scale-by-radam.ts';
export {
  addDecayedWeights,
  clipByGlobalNorm,
  scaleByLearningRate,
  trace,
} from './optimizers/transforms/simple.ts';
export { chain, type Transformation } from './optimizers/transforms/transformation.ts';

export { constant } from './schedules/constant.ts';
export { cosine, type CosineOptions } from './schedules/cosine.ts';
export { stepDecay, type StepDecayOptions } from './schedules/step-decay.ts';

export { accuracy } from './metrics/accuracy.ts';
export { defaultMetrics } from './metrics/default-metrics.ts';
export { meanAbsoluteError, meanSquaredError } from './metrics/mean-error.ts';
