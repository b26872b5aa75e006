// Finding onnxruntime-node. Modules of Node are asked for at run time, so that a bundle for browsers holds none of them:
// there the engine says that it is unavailable.
import type * as crypto from 'node:crypto';
import type * as fs from 'node:fs';
import type * as module from 'node:module';
import type * as os from 'node:os';
import type * as path from 'node:path';
import type * as workerThreads from 'node:worker_threads';
import type * as common from 'onnxruntime-common';
import { unavailable } from '../errors.ts';

/** The part of onnxruntime-node that is used; its types are those of onnxruntime-common. */
export interface Onnxruntime {
  readonly InferenceSession: common.InferenceSessionFactory;
  readonly Tensor: common.TensorConstructor;
  readonly env: common.Env;
  /** The execution providers of this build; `bundled` ones need nothing else installed. */
  readonly listSupportedBackends: () => readonly { readonly name: string; readonly bundled: boolean }[];
}

interface NodeModules {
  readonly crypto: typeof crypto;
  readonly fs: typeof fs;
  readonly module: typeof module;
  readonly os: typeof os;
  readonly path: typeof path;
  readonly worker_threads: typeof workerThreads;
}

/** A module that comes with Node. */
export const nodeModule = <Name extends keyof NodeModules>(name: Name): NodeModules[Name] => {
  const found: unknown = globalThis.process?.getBuiltinModule?.(`node:${name}`);
  if (found === undefined) throw new Error('this is not Node 20.19 or later');
  return found as NodeModules[Name];
};

/**
 * onnxruntime-node, loaded into this thread, for models that are no steps.
 *
 * @throws ENGINE_ONNX_UNAVAILABLE where it is not installed, or has no binary for this platform
 * @example
 * ```ts
 * import { loadOnnxruntime } from '@mapping-networks/engine-onnx';
 * console.log(typeof loadOnnxruntime().InferenceSession.create); // function
 * ```
 */
export const loadOnnxruntime = (): Onnxruntime => {
  try {
    return nodeModule('module').createRequire(import.meta.url)('onnxruntime-node') as Onnxruntime;
  } catch (cause) {
    throw unavailable(cause);
  }
};
