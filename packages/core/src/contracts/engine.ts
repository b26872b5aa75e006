// An engine compiles a pure step, a function from named tensors to named tensors, for one signature of shapes
// and runs it on arrays. It knows nothing of targets, losses or optimizers.
import type { ArrayTensor, NamedArrays, NamedTensors } from '../arrays.ts';

/**
 * A pure function over TensorFlow.js operations: no randomness, no state, no data read back. Everything it depends
 * on is in `inputs`; an engine may run it once for each call, or once to record it.
 */
export type Step = (inputs: NamedTensors) => NamedTensors;

/** Shape and element type of one input of a step. Exact: no dimension is left open. */
export interface InputSpec {
  readonly shape: readonly number[];
  readonly dtype: ArrayTensor['dtype'];
}

/** What a step is compiled for: its constants with their values, its inputs with their shapes. Names are disjoint. */
export interface StepSignature {
  /** What people call the step, such as `train`: in what an engine writes down of it. Changes nothing. */
  readonly name?: string;
  /** Constants, uploaded once and given to every run under these names. */
  readonly frozen: NamedArrays;
  /** What changes from run to run. */
  readonly inputs: Readonly<Record<string, InputSpec>>;
}

/** A step compiled for one signature, to be run any number of times. The same inputs give the same bits. */
export interface CompiledStep {
  /**
   * Runs the step; the outputs are fresh arrays of the caller's. Rejects inputs that do not fit the signature. Inputs
   * are the engine's to read until the run is over. An engine that computes beside JavaScript begins before this returns,
   * so that the caller can prepare the next run meanwhile.
   */
  run(inputs: NamedArrays): Promise<NamedArrays>;
  /** Frees what `compile` took. */
  dispose(): void;
}

/** An engine at work. It owns what its steps hold on the device until it is disposed of. */
export interface EngineSession {
  /** For people and reports: engine, backend, device. */
  readonly description: string;
  /** Threads that compute at once, where the engine knows. */
  readonly threads?: number;
  /**
   * Compiles a step for one signature of shapes; uploads its frozen arrays. Steps of a session may live side by side.
   */
  compile(step: Step, signature: StepSignature): CompiledStep;
  /** Frees all steps of the session, and what it holds itself. Nothing of it may be run afterwards. */
  dispose(): void;
}

/** The contract of kind `engine`: gives sessions that compile and run steps. */
export interface Engine {
  /** Loads what the engine needs; rejects with a remedy where it cannot run here. */
  open(): Promise<EngineSession>;
}
