// Starts the TensorFlow.js backend `wasm` from the files inside its npm package, with no network.
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { setBackend } from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { wasmUnavailable } from './errors.ts';
import { withoutProcessListeners } from './foreign-listeners.ts';
import { registerWasmKernels } from './register.ts';

/**
 * Makes `wasm` the current TensorFlow.js backend and registers the kernels that training needs.
 *
 * @throws ENGINE_EAGER_WASM_UNAVAILABLE when the backend does not start.
 */
export async function openWasm(): Promise<void> {
  const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(dirname(main) + sep);
  registerWasmKernels();
  const started = await withoutProcessListeners(() => setBackend('wasm')).catch((cause: unknown) => {
    throw wasmUnavailable(cause);
  });
  if (!started) throw wasmUnavailable();
}
