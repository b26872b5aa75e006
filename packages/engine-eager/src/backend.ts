// What the engine has to know of a TensorFlow.js backend, and how to make it the current one. TensorFlow.js keeps one
// current backend and one registry of backends for the whole process; this file is where we live with that.
import * as tf from '@tensorflow/tfjs-core';
import { MappingNetworksError } from '@mapping-networks/core';
import { backendUnavailable } from './errors.ts';

/** A TensorFlow.js backend as the engine uses it. */
export interface EagerBackend {
  /** Its name in TensorFlow.js: `cpu`, `wasm`, `webgl`… */
  readonly name: string;
  /** Imports what registers the backend and its kernels. Called at each `open`, so it must be repeatable. */
  readonly load: () => Promise<void>;
  /** Called once the backend runs: what is special here, such as `SIMD`; part of the session's description. */
  readonly describe?: () => string;
  /** Called once the backend runs: how many threads it computes with. */
  readonly threads?: () => number | Promise<number>;
}

// Starting two backends at once makes TensorFlow.js give up on the first: starts queue here.
let starts: Promise<unknown> = Promise.resolve();

/** Loads the gradients and the backend, and makes it the current one. */
export const startBackend = (backend: EagerBackend): Promise<void> => {
  const start = async (): Promise<void> => {
    try {
      // In Node, tfjs-core registers no gradients by itself; tfjs-layers registers all of them.
      await import('@tensorflow/tfjs-layers');
      await backend.load();
      if (await tf.setBackend(backend.name)) return;
    } catch (cause) {
      throw cause instanceof MappingNetworksError ? cause : backendUnavailable(backend.name, cause);
    }
    throw backendUnavailable(backend.name);
  };
  const started = starts.then(start);
  starts = started.catch(() => {});
  return started;
};

/** Makes a started backend the current one, before this returns. */
export const activate = (name: string): void => {
  // For a backend that has started, setBackend does all its work before its promise is handed out.
  if (tf.getBackend() !== name) void tf.setBackend(name);
};
