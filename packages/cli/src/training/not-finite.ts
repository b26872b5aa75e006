// A run whose loss is no number any more: its checkpoints are from before, and this says so.
import { MappingNetworksError } from '@mapping-networks/core';
import { withKept } from './errors.ts';
import type { RunSetting } from './setting.ts';

const codes: ReadonlySet<string> = new Set(['TRAIN_NON_FINITE_LOSS', 'TRAIN_NON_FINITE_STATE']);

/** The error with what is kept, and what would help; any other one as it is. */
export const notFinite = (
  error: unknown,
  step: number | undefined,
  { path, pipeline: { settings } }: Pick<RunSetting, 'path' | 'pipeline'>,
): unknown => {
  if (!(error instanceof MappingNetworksError) || !codes.has(error.code) || step === undefined) return error;
  return withKept(error, step, path, settings.onNan === 'stop');
};
