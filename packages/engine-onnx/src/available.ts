// Whether the engine can be used here, for those who choose one.
import { MappingNetworksError } from '@mapping-networks/core';
import { loadOnnxruntime } from './runtime/onnxruntime.ts';

let known: { readonly error: MappingNetworksError | undefined } | undefined;

/**
 * Why ONNX Runtime does not load here; undefined where it does. Found out once a process, by loading it.
 *
 * @example
 * ```ts
 * import { onnxUnavailable } from '@mapping-networks/engine-onnx';
 * console.log(onnxUnavailable()?.code); // undefined
 * ```
 */
export const onnxUnavailable = (): MappingNetworksError | undefined => {
  known ??= { error: attempt() };
  return known.error;
};

const attempt = (): MappingNetworksError | undefined => {
  try {
    loadOnnxruntime();
    return undefined;
  } catch (cause) {
    if (cause instanceof MappingNetworksError) return cause;
    throw cause;
  }
};
