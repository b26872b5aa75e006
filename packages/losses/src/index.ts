// Losses: those of tasks, the terms of the mapping loss, and their weighted sum.
export { alignment, type AlignmentOptions } from './alignment.ts';
export { binaryCrossEntropy } from './binary-cross-entropy.ts';
export { crossEntropy, type CrossEntropyOptions } from './cross-entropy.ts';
export { mae } from './mae.ts';
export { mappingLoss, type MappingLossInput, type MappingLossOptions } from './mapping-loss.ts';
export { mse } from './mse.ts';
export { smoothness, type SmoothnessOptions } from './smoothness.ts';
export { stability, type StabilityOptions } from './stability.ts';
export { taskLoss } from './task-loss.ts';
export type {
  FixedWeighting,
  TrainableWeighting,
  UncertaintyWeighting,
  Weighting,
  WeightingInput,
  WeightTransform,
} from './weighting.ts';
