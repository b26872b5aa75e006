// An engine compiles a pure step, a function from named tensors to named tensors, for one signature of shapes
// and runs it on arrays. It knows nothing of targets, losses or optimizers.
import type { ArrayTensor, NamedArrays, NamedTensors } from '../arrays.ts';

/**
 * A pure function over TensorFlow.js operations: no randomness, no state, no data read back. Everything it depends
 * on is in `inputs`; an engine may run it once for each call, or once to record it.
 */
export type Step = (inputs: NamedTensors) => NamedTensors;

export interface InputSpec {
  readonly shape: readonly number[];
  readonly dtype: ArrayTensor['dtype'];
}

export interface StepSignature {
  /** Constants, uploaded once and given to every run under these names. */
  readonly frozen: NamedArrays;
  /** What changes from run to run. */
  readonly inputs: Readonly<Record<string, InputSpec>>;
}

export interface CompiledStep {
  /** Runs the step; the outputs are fresh arrays of the caller's. Rejects inputs that do not fit the signature. */
  run(inputs: NamedArrays): Promise<NamedArrays>;
  /** Frees what `compile` took. */
  dispose(): void;
}

export interface EngineSession {
  /** For people and reports: engine, backend, device. */
  readonly description: string;
  compile(step: Step, signature: StepSignature): CompiledStep;
  dispose(): void;
}

export interface Engine {
  /** Loads what the engine needs; rejects with a remedy where it cannot run here. */
  open(): Promise<EngineSession>;
}
