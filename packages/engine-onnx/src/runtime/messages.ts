// What is said between JavaScript and the thread of ONNX Runtime: types alone, for both sides (channel.ts, worker.mjs).
import type { OnnxArray, OnnxValue } from '@mapping-networks/graph';
import type { InferenceSession } from 'onnxruntime-common';

/** Make a session of a model, under this number. */
export interface LoadQuestion {
  readonly task: 'load';
  readonly model: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly options: InferenceSession.SessionOptions;
  readonly inputs: readonly Place[];
  readonly constants: readonly KeyedConstant[];
  /** Names. */
  readonly outputs: readonly string[];
  /** Arrays of the constants that the thread does not have yet. */
  readonly added: readonly AddedArray[];
}

/** Run a model on the inputs in a buffer. */
export interface RunQuestion {
  readonly task: 'run';
  readonly model: number;
  readonly buffer: ArrayBuffer;
}

/** Free a model, if it was loaded, and arrays that no model uses any more. */
export interface ReleaseQuestion {
  readonly task: 'release';
  readonly model: number;
  readonly dropped: readonly number[];
}

/** End the thread. */
export interface CloseQuestion {
  readonly task: 'close';
}

export type Question = CloseQuestion | LoadQuestion | ReleaseQuestion | RunQuestion;

/** An input, and where it lies in the buffer of a run. */
export interface Place extends OnnxValue {
  /** In bytes. */
  readonly offset: number;
  /** In numbers. */
  readonly length: number;
}

/** A constant whose array the thread has under a number. */
export interface KeyedConstant extends OnnxValue {
  readonly key: number;
}

export interface AddedArray {
  readonly key: number;
  readonly data: ReturnType<OnnxArray['slice']>;
}

export interface Answer {
  /** The buffer that a run came with. */
  readonly buffer?: ArrayBuffer;
  /** What a run gave, output by output. */
  readonly data?: readonly unknown[];
}

/** Questions are numbered, and answers have their numbers. */
export type NumberedQuestion = Question & { readonly id: number };

/** An answer, or what went wrong. */
export type NumberedAnswer = Answer & { readonly id: number; readonly error?: string };
