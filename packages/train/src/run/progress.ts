// What changes while a run goes on: where it stands, where it would go back to, what it has seen; and its checkpoints.
import type { EpochRecord } from '@mapping-networks/core';
import type { BestState, Checkpoint } from '../checkpoint/checkpoint.ts';
import type { RunState } from '../step/state.ts';
import type { Run } from './run.ts';

export interface Progress {
  state: RunState;
  /** The last regular place: a multiple of `checkpointEvery`, the end of an epoch, or the start. */
  rollback: RunState;
  /** Only with `restoreBest`. */
  best: BestState | undefined;
  readonly history: EpochRecord[];
  /** The state that was saved last. */
  saved: RunState | undefined;
}

/** At the start, or where the run is resumed. */
export const beginning = ({ start, resume }: Run): Progress => ({
  state: start,
  rollback: resume?.rollback ?? start,
  best: resume?.best,
  history: [...(resume?.history ?? [])],
  saved: resume && start,
});

const checkpointOf = ({ identity, settings, warnings, seconds }: Run, progress: Progress): Checkpoint => {
  const { state, rollback, best, history } = progress;
  return {
    ...identity(),
    state,
    ...(settings.onNan === 'halve-lr' && rollback !== state && { rollback }),
    ...(best && { best }),
    history: [...history],
    seconds: seconds(),
    warnings: [...warnings],
  };
};

/** Saves the state, which has been found finite, as the latest; not twice, and not before the first step. */
export const saveLatest = async (run: Run, progress: Progress): Promise<void> => {
  const { checkpoints, events } = run;
  const { state, saved } = progress;
  if (!checkpoints || state === saved || state.step === 0) return;
  await checkpoints.save(checkpointOf(run, progress));
  progress.saved = state;
  await events.emit({ type: 'checkpoint', step: state.step, kind: 'latest' });
};

export const saveBest = async (run: Run, progress: Progress): Promise<void> => {
  if (!run.checkpoints) return;
  await run.checkpoints.saveBest(checkpointOf(run, progress));
  await run.events.emit({ type: 'checkpoint', step: progress.state.step, kind: 'best' });
};
