// What is done about a run that has left the finite numbers: an error, or back to the last regular place with half the
// learning rate. Nothing but state decides, so that an interruption in between changes nothing.
import type { MappingNetworksError } from '@mapping-networks/core';
import { rolledBack } from '../errors.ts';
import type { Progress } from './progress.ts';
import type { Run } from './run.ts';

/** A loss or a state that is not finite, as an error. */
export interface Failure {
  readonly error: MappingNetworksError;
  /** In a few words, such as `the loss is NaN at step 7`. */
  readonly what: string;
}

/** 2⁻¹⁰: ten halvings. */
const SMALLEST_SCALE = 1 / 1024;

/** @throws the error of the failure, with `onNan: 'stop'` and after ten roll-backs */
export const rollBack = async (run: Run, progress: Progress, { error, what }: Failure): Promise<void> => {
  const { onNan, learningRate } = run.settings;
  const learningRateScale = progress.state.learningRateScale / 2;
  if (onNan === 'stop' || learningRateScale < SMALLEST_SCALE) throw error;
  progress.rollback = { ...progress.rollback, learningRateScale };
  progress.state = progress.rollback;
  const warning = rolledBack(what, progress.state.step, learningRate * learningRateScale);
  run.warnings.push(warning);
  await run.events.emit({ type: 'warning', ...warning });
};
