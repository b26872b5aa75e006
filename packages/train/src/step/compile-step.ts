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

/** What a step needs besides state and learning rate: its batch, and what is drawn for it. Known before the state is. */
export type StepInputs = NamedArrays;

export interface TrainingStep {
  (state: RunState, inputs: StepInputs, learningRate: number): Promise<StepResult>;
  /** The inputs of the step after `steps` steps of the run. */
  readonly inputs: (steps: number, batch: Batch) => StepInputs;
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
    name: 'train',
    frozen: setting.frozen,
    inputs: {
      ...stateSignature(setting.state),
      ...batchSignature(spec, batchSize),
      ...drawSignature(noise, masks, batchSize),
    },
  });
  const inputs = (steps: number, batch: Batch): StepInputs => ({
    ...batchInputs(spec, batch),
    ...drawNoise(seed, steps, noise),
    ...drawMasks(seed, steps, batchSize, masks),
  });
  const run = async (state: RunState, drawn: StepInputs, learningRate: number): Promise<StepResult> => {
    const outputs = await compiled.run({
      ...stateInputs(state),
      ...scalarInputs(state.step + 1, learningRate),
      ...drawn,
    });
    return { state: advance(state, outputs), outputs };
  };
  return Object.assign(run, { inputs, dispose: compiled.dispose });
};
