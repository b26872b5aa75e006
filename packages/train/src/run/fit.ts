// The loop over epochs: train, validate, record, until the end, a callback's wish or the signal.
import type { EpochRecord } from '@mapping-networks/core';
import type { RunState } from '../step/state.ts';
import { epochAverages, runEpoch, type StepReport } from './epoch.ts';
import { warn, type Run } from './run.ts';
import { scoreSplit } from './score.ts';

export interface Fitted {
  readonly reason: 'completed' | 'aborted' | 'stopped';
  readonly state: RunState;
  readonly history: readonly EpochRecord[];
  readonly seconds: number;
}

/** @throws TRAIN_NON_FINITE_LOSS, TRAIN_CALLBACK_FAILED */
export const fit = async (run: Run): Promise<Fitted> => {
  const { epochSteps, events, signal } = run;
  const { epochs } = run.settings;
  const ended = (): boolean => signal?.aborted === true || events.stopped();
  const began = performance.now();
  const history: EpochRecord[] = [];
  let state = run.start;
  while (state.epoch < epochs && !ended()) {
    const epochBegan = performance.now();
    state = await trainEpoch(run, state, ended);
    if (state.position < epochSteps) break;
    const record = await closeEpoch(run, state, (performance.now() - epochBegan) / 1000);
    history.push(record);
    await events.emit({ type: 'epoch', record, epochs, trainables: state.trainables });
    state = { ...state, epoch: state.epoch + 1, position: 0, sums: {} };
  }
  const unfinished = state.epoch < epochs ? 'stopped' : 'completed';
  const seconds = (performance.now() - began) / 1000;
  return { reason: signal?.aborted ? 'aborted' : unfinished, state, history, seconds };
};

const trainEpoch = (run: Run, state: RunState, ended: () => boolean): Promise<RunState> => {
  const { step, steps, splits, events } = run;
  const { seed, batchSize } = run.settings;
  const onStep = ({ state: { step: done, epoch }, ...report }: StepReport): Promise<void> =>
    events.emit({ type: 'step', step: done, steps, epoch: epoch + 1, ...report });
  const learningRate = learningRateOf(run);
  return runEpoch({ step, split: splits.train, seed, batchSize, learningRate, onStep, ended }, state);
};

/** Validation, when it is due, and the record of an epoch that is done. */
const closeEpoch = async (run: Run, state: RunState, seconds: number): Promise<EpochRecord> => {
  const { validateEvery } = run.settings;
  const epoch = state.epoch + 1;
  await warn(run, run.parts.loss.impl.diagnose(state.loss));
  const due = validateEvery > 0 && epoch % validateEvery === 0;
  const validation = due ? await scoreSplit(run, 'validation', state) : undefined;
  const learningRate = learningRateOf(run)(state.step - 1);
  return { epoch, learningRate, ...epochAverages(state), ...(validation && { validation }), seconds };
};

const learningRateOf =
  ({ parts, settings, steps }: Run) =>
  (step: number): number =>
    settings.learningRate * parts.schedule.impl.factor(step, steps);
