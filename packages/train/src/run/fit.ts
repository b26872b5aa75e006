// The loop over epochs: train, validate, record, save, until the end, a limit, a callback's wish or the signal.
import type { EndReason, EpochRecord } from '@mapping-networks/core';
import type { BestState } from '../checkpoint/checkpoint.ts';
import { nonFiniteState, nonFiniteValidation } from '../errors.ts';
import { nonFiniteArray, type RunState } from '../step/state.ts';
import { bestEpoch, criterionOf, outOfPatience } from './best-epoch.ts';
import { epochAverages, runEpoch, type StepReport } from './epoch.ts';
import { beginning, saveBest, saveLatest, type Progress } from './progress.ts';
import { rollBack, type Failure } from './roll-back.ts';
import { warn, type Run } from './run.ts';
import { scoreSplit } from './score.ts';

export interface Fitted {
  readonly reason: EndReason;
  readonly state: RunState;
  /** Only with `restoreBest`. */
  readonly best: BestState | undefined;
  readonly history: readonly EpochRecord[];
  readonly seconds: number;
}

/** @throws TRAIN_NON_FINITE_LOSS, TRAIN_NON_FINITE_STATE, TRAIN_CALLBACK_FAILED, and what saving throws */
export const fit = async (run: Run): Promise<Fitted> => {
  const progress = beginning(run);
  const { history } = progress;
  const impatient = (): boolean => outOfPatience(history, criterionOf(run.parts.metrics), run.settings);
  while (progress.state.epoch < run.settings.epochs && !ended(run) && !impatient()) {
    const began = run.seconds();
    const failure = (await trainEpoch(run, progress)) ?? failureOf(run, progress.state);
    if (!failure && progress.state.position < run.epochSteps) break;
    const outcome = failure ?? (await closeEpoch(run, progress, began));
    if (outcome === 'aborted') break;
    if (outcome !== 'closed') await rollBack(run, progress, outcome);
  }
  await saveLatest(run, progress);
  const { state, best } = progress;
  return { reason: reasonOf(run, state, impatient()), state, best, history, seconds: run.seconds() };
};

const ended = ({ signal, events, seconds, settings: { timeLimit } }: Run): boolean =>
  signal?.aborted === true || events.stopped() || (timeLimit !== 'none' && seconds() >= timeLimit);

const reasonOf = (run: Run, { epoch }: RunState, impatient: boolean): EndReason => {
  if (run.signal?.aborted) return 'aborted';
  if (epoch >= run.settings.epochs) return 'completed';
  if (impatient) return 'patience';
  return run.events.stopped() ? 'stopped' : 'time-limit';
};

/** Steps to the end of the epoch, or as far as they go. Regular places on the way are looked at and saved. */
const trainEpoch = async (run: Run, progress: Progress): Promise<Failure | undefined> => {
  const { step, steps, splits, events, breathe } = run;
  const { seed, batchSize } = run.settings;
  const onStep = async ({
    state,
    loss,
    learningRate,
    metrics,
    terms,
  }: StepReport): Promise<Failure | undefined> => {
    // A place to go back to is one from which a step has been taken: its own numbers do not tell that.
    if (isPlace(run, progress.state)) progress.rollback = progress.state;
    progress.state = state;
    const { step: done, epoch, trainables } = state;
    const report = { step: done, steps, epoch: epoch + 1, loss, learningRate, metrics, terms, trainables };
    await events.emit({ type: 'step', ...report });
    if (!isPlace(run, state)) return undefined;
    const failure = failureOf(run, state);
    if (!failure) await saveLatest(run, progress);
    return failure;
  };
  const setting = { step, split: splits.train, seed, batchSize, onStep, breathe };
  const learningRate = (state: RunState): number => learningRateAt(run, state, state.step);
  return runEpoch({ ...setting, learningRate, ended: () => ended(run) }, progress.state);
};

const failureOf = (run: Run, state: RunState): Failure | undefined => {
  const array = nonFiniteArray(state);
  if (array === undefined) return undefined;
  const error = nonFiniteState(state.step, array, learningRateAt(run, state, state.step - 1));
  return { error, what: `'${array}' is not finite after step ${state.step}` };
};

/** Whether a state within an epoch stands at a regular place. The last step of an epoch has a place of its own. */
const isPlace = ({ epochSteps, settings }: Run, { step, position }: RunState): boolean =>
  settings.checkpointEvery > 0 &&
  step % settings.checkpointEvery === 0 &&
  position > 0 &&
  position < epochSteps;

/** Validation, when it is due, the record of the epoch, and its checkpoint. */
const closeEpoch = async (
  run: Run,
  progress: Progress,
  began: number,
): Promise<'closed' | 'aborted' | Failure> => {
  const { state, history } = progress;
  const { epochs, validateEvery, restoreBest, onNan } = run.settings;
  const epoch = state.epoch + 1;
  await warn(run, run.parts.loss.impl.diagnose(state.loss));
  const due = validateEvery > 0 && epoch % validateEvery === 0;
  const validation = due ? await scoreSplit(run, 'validation', state) : undefined;
  if (run.signal?.aborted) return 'aborted';
  if (onNan !== 'stop' && validation && !Number.isFinite(validation.loss))
    return validationFailure(state.step, validation.loss, learningRateAt(run, state, state.step - 1));
  const record = {
    ...recordOf(run, state),
    ...(validation && { validation }),
    seconds: run.seconds() - began,
  };
  history.push(record);
  await run.events.emit({ type: 'epoch', record, epochs, trainables: state.trainables });
  progress.state = { ...state, epoch, position: 0, sums: {} };
  const best = bestEpoch(history, criterionOf(run.parts.metrics)) === epoch;
  if (best && restoreBest) progress.best = { epoch, state: progress.state };
  progress.rollback = progress.state;
  await saveLatest(run, progress);
  if (best) await saveBest(run, progress);
  return 'closed';
};

const validationFailure = (step: number, loss: number, learningRate: number): Failure => ({
  error: nonFiniteValidation(step, loss, learningRate),
  what: `the loss on validation is ${loss} after step ${step}`,
});

const recordOf = (run: Run, state: RunState): Omit<EpochRecord, 'validation' | 'seconds'> => {
  const weights = run.parts.loss.impl.termWeights?.(state.loss);
  const { objective, terms, train } = epochAverages(state);
  return {
    epoch: state.epoch + 1,
    learningRate: learningRateAt(run, state, state.step - 1),
    objective,
    terms,
    ...(weights && { weights }),
    train,
  };
};

const learningRateAt = (
  { parts, settings, steps }: Run,
  { learningRateScale }: RunState,
  step: number,
): number => settings.learningRate * parts.schedule.impl.factor(step, steps) * learningRateScale;
