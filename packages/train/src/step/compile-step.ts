// The training step on an engine: the signature it is compiled for, and one call that takes a state and a batch to
// the next state.
import type { Batch, CompiledStep, EngineSession, NamedArrays } from '@mapping-networks/core';
import { batchInputs, batchSignature, type BatchSpec } from './batch-spec.ts';
import { buildStep, type StepParts } from './build-step.ts';
import { drawMasks, drawNoise, drawSignature } from './draws.ts';
import { advance, scalarInputs, stateInputs, stateSignature, type RunState } from './state.ts';

export interface StepResult {
  readonly state: RunState;
  /** All outputs of the step, `objective`, `term.…` and `score.…` among them. */
  readonly outputs: NamedArrays;
}

export interface TrainingStep {
  (state: RunState, batch: Batch, learningRate: number): Promise<StepResult>;
  readonly dispose: () => void;
}

export interface StepSetting {
  readonly seed: number;
  readonly batchSize: number;
  readonly batch: BatchSpec;
  readonly frozen: NamedArrays;
  /** A state of the run, for the shapes in it. */
  readonly state: RunState;
}

export const compileStep = (session: EngineSession, parts: StepParts, setting: StepSetting): TrainingStep => {
  const { seed, batchSize, batch: spec } = setting;
  const noise = parts.loss.requires.noise ? parts.map.trainables : [];
  const { masks } = parts.target;
  const compiled: CompiledStep = session.compile(buildStep(parts), {
    frozen: setting.frozen,
    inputs: {
      ...stateSignature(setting.state),
      ...batchSignature(spec, batchSize),
      ...drawSignature(noise, masks, batchSize),
    },
  });
  const run = async (state: RunState, batch: Batch, learningRate: number): Promise<StepResult> => {
    const outputs = await compiled.run({
      ...stateInputs(state),
      ...scalarInputs(state.step + 1, learningRate),
      ...batchInputs(spec, batch),
      ...drawNoise(seed, state.step, noise),
      ...drawMasks(seed, state.step, batchSize, masks),
    });
    return { state: advance(state, outputs), outputs };
  };
  return Object.assign(run, { dispose: compiled.dispose });
};
