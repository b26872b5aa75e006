// What bundlers for browsers put in the place of `open-wasm.ts`: the same, but the page says with `setWasmPaths` of
// '@tensorflow/tfjs-backend-wasm' where the binaries are; without that they are looked for beside the script.
import { setBackend } from '@tensorflow/tfjs-core';
import { wasmUnavailable } from './errors.ts';
import { registerWasmKernels } from './register.ts';

/**
 * Makes `wasm` the current TensorFlow.js backend and registers the kernels that training needs.
 *
 * @throws ENGINE_EAGER_WASM_UNAVAILABLE when the backend does not start.
 */
export async function openWasm(): Promise<void> {
  registerWasmKernels();
  const started = await setBackend('wasm').catch((cause: unknown) => {
    throw wasmUnavailable(cause);
  });
  if (!started) throw wasmUnavailable();
}
