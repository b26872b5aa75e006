// A run that is ready to go: everything resolved, checked and compiled on an open engine, with one copy of the map's
// constants for training and evaluation.
import type { DatasetSplits, EngineSession, LossWarning, ParameterMap } from '@mapping-networks/core';
import { compileEvaluator, type Evaluator } from '../evaluation/evaluator.ts';
import { compileMaterialize } from '../evaluation/materialize.ts';
import type { Checkpoint, CheckpointStore } from '../checkpoint/checkpoint.ts';
import { checkResume } from '../checkpoint/check-resume.ts';
import { identityOf, runFacts } from '../checkpoint/identity.ts';
import { batchSpecOf } from '../step/batch-spec.ts';
import type { StepParts } from '../step/build-step.ts';
import { breathing } from '../step/breathing.ts';
import { compileStep, type TrainingStep } from '../step/compile-step.ts';
import { mapConstants, regularizerConstants } from '../step/frozen.ts';
import { implementations, scorersOf } from '../step/scores.ts';
import { initialState, type RunState } from '../step/state.ts';
import { createEmitter, type Emitter } from './callback.ts';
import { stepsPerEpoch } from './epoch.ts';
import type { TrainParts } from './options.ts';
import type { TrainSettings } from './settings.ts';
import type { TrainStart } from './start.ts';

export interface Run {
  readonly parts: TrainParts;
  readonly settings: TrainSettings;
  readonly splits: DatasetSplits;
  readonly map: ParameterMap;
  /** Steps of an epoch, and of the whole run. */
  readonly epochSteps: number;
  readonly steps: number;
  /** Where it begins: before the first step, or where it is resumed. */
  readonly start: RunState;
  /** What checkpoints say of the run. */
  readonly identity: () => Pick<Checkpoint, 'identity' | 'run'>;
  /** Lets the event loop turn now and then. */
  readonly breathe: () => Promise<void>;
  /** Seconds of training, over all parts of the run. */
  readonly seconds: () => number;
  readonly checkpoints: CheckpointStore | undefined;
  readonly resume: Checkpoint | undefined;
  readonly from: TrainStart | undefined;
  readonly step: TrainingStep;
  readonly evaluator: Evaluator;
  readonly events: Emitter;
  readonly warnings: LossWarning[];
  readonly signal: AbortSignal | undefined;
}

export interface RunSetting {
  readonly parts: TrainParts;
  readonly settings: TrainSettings;
  readonly splits: DatasetSplits;
  readonly map: ParameterMap;
  readonly signal: AbortSignal | undefined;
  readonly checkpoints: CheckpointStore | undefined;
  readonly resume: Checkpoint | undefined;
  readonly from: TrainStart | undefined;
  readonly now: () => number;
}

/**
 * Compiles a run; what it takes is freed with the session.
 *
 * @throws TRAIN_FOREIGN_CHECKPOINT
 */
export const openRun = (session: EngineSession, setting: RunSetting): Run => {
  const { parts, settings, splits, map } = setting;
  const stepParts: StepParts = {
    target: parts.target.impl,
    map,
    loss: parts.loss.impl,
    optimizer: parts.optimizer.impl,
    metrics: implementations(parts.metrics),
  };
  const fresh = initialState(stepParts, settings.seed, setting.from);
  const epochSteps = stepsPerEpoch(splits.train.size, settings.batchSize);
  const identity = identifier(setting);
  const { resume } = setting;
  if (resume) checkResume(resume, { ...identity(), fresh, epochSteps, epochs: settings.epochs });
  return {
    ...setting,
    epochSteps,
    steps: epochSteps * settings.epochs,
    start: resume?.state ?? fresh,
    identity,
    breathe: breathing(),
    seconds: stopwatch(setting.now, resume?.seconds ?? 0),
    ...compile(session, stepParts, setting, fresh),
    events: createEmitter(parts.callbacks),
    warnings: [...(resume?.warnings ?? [])],
  };
};

/** Found out once, and only when it is asked for: it draws a batch. */
const identifier = ({ parts, settings, splits, from }: RunSetting): Run['identity'] => {
  let known: Pick<Checkpoint, 'identity' | 'run'> | undefined;
  return () => {
    if (known === undefined) {
      const run = runFacts(parts, settings, splits, from?.constants);
      known = { identity: identityOf(run), run };
    }
    return known;
  };
};

const stopwatch = (now: () => number, before: number): (() => number) => {
  const began = now();
  return () => before + (now() - began) / 1000;
};

const compile = (
  session: EngineSession,
  parts: StepParts,
  { settings: { seed, batchSize, evaluationBatchSize }, splits }: RunSetting,
  state: RunState,
): Pick<Run, 'step' | 'evaluator'> => {
  const { target, map, loss, metrics } = parts;
  const constants = mapConstants(map);
  const batch = batchSpecOf(target, splits.train);
  const frozen = { ...constants, ...regularizerConstants(map, loss) };
  const largest = Math.max(splits.train.size, splits.validation.size, splits.test.size);
  return {
    step: compileStep(session, parts, { seed, batchSize, batch, frozen, state }),
    evaluator: compileEvaluator(session, compileMaterialize(session, map, constants), {
      target,
      scorers: scorersOf(loss, metrics),
      batch,
      batchSize: Math.min(evaluationBatchSize, largest),
    }),
  };
};

/** Tells of warnings that are new to the run. The same words with other numbers are not new. */
export const warn = async ({ warnings, events }: Run, found: readonly LossWarning[]): Promise<void> => {
  for (const warning of found) {
    if (warnings.some((known) => identity(known) === identity(warning))) continue;
    warnings.push(warning);
    await events.emit({ type: 'warning', ...warning });
  }
};

const NUMBER = /\d[\d.]*(?:e[-+]?\d+)?/gi;

const identity = ({ code, message }: LossWarning): string => `${code} ${message.replaceAll(NUMBER, '#')}`;
