// A run whose loss is no number any more: its checkpoints are from before, and this says so.
import { MappingNetworksError } from '@mapping-networks/core';
import type { RunSetting } from './setting.ts';

const codes: ReadonlySet<string> = new Set(['TRAIN_NON_FINITE_LOSS', 'TRAIN_NON_FINITE_STATE']);

/** The error with what is kept, and what would help; any other one as it is. */
export const notFinite = (
  error: unknown,
  step: number | undefined,
  { path, pipeline: { settings } }: Pick<RunSetting, 'path' | 'pipeline'>,
): unknown => {
  if (!(error instanceof MappingNetworksError) || !codes.has(error.code) || step === undefined) return error;
  const kept = `The checkpoint of step ${step} in ${path} is kept.`;
  const halve =
    ' Resuming from it would come to the same; training again with --on-nan halve-lr goes back and on.';
  const { code, message, remedy } = error;
  return new MappingNetworksError({
    code,
    problem: message.endsWith(` ${remedy}`) ? message.slice(0, -remedy.length - 1) : message,
    remedy: `${remedy}\n${kept}${settings.onNan === 'stop' ? halve : ''}`,
    cause: error,
  });
};
