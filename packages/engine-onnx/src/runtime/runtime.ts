// What the engine asks of ONNX Runtime: to load models and to run them. One implementation calls it in this thread, the
// other in a thread beside.
import type { ArrayTensor } from '@mapping-networks/core';
import type { OnnxTensor, OnnxValue } from '@mapping-networks/graph';
import type { InferenceSession } from 'onnxruntime-common';

/** A model to load. */
export interface RuntimeModel {
  /** The file; the runtime may take the memory away from the caller. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly options: InferenceSession.SessionOptions;
  /** What every run brings, under these names. */
  readonly inputs: readonly OnnxValue[];
  /** Inputs that are the same in every run. */
  readonly constants: readonly OnnxTensor[];
  /** Names of what a run gives. */
  readonly outputs: readonly string[];
}

export interface LoadedModel {
  /** The arrays of the inputs, in their order, to fresh arrays of the outputs, in theirs. */
  run(inputs: readonly ArrayTensor['data'][]): Promise<readonly unknown[]>;
  /** Frees the model, whose runs are over. */
  release(): Promise<void>;
}

export interface Runtime {
  load(model: RuntimeModel): Promise<LoadedModel>;
  /** Ends what the runtime holds besides models, once everything that it was asked for is done. */
  close(): void;
}
