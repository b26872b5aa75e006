// The contract of @mapping-networks/prune: everything public, nothing else.
export { masked, type MaskedOptions } from './masked.ts';
export type {
  NOfM,
  PruneFineTuning,
  PruneInput,
  PruneOptions,
  PruneSchedule,
  PruneStructure,
} from './options.ts';
export { prune } from './prune.ts';
export {
  sensitivity,
  type Sensitivity,
  type SensitivityOptions,
  type SensitivityPoint,
} from './sensitivity.ts';
export { shrink } from './shrink/shrink.ts';
