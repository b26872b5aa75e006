// Whether the engine can be used here, for those who choose one and for those who ask.
import { MappingNetworksError } from '@mapping-networks/core';
import type { Provider } from './options.ts';
import { providersOf } from './providers.ts';
import { loadOnnxruntime } from './runtime/onnxruntime.ts';

/** What is known of ONNX Runtime here. */
export type OnnxSupport =
  | {
      readonly available: true;
      /** Of onnxruntime-node. */
      readonly version: string;
      /** What it was built with; `cuda` needs libraries besides. */
      readonly providers: readonly Provider[];
    }
  | { readonly available: false; readonly error: MappingNetworksError };

let known: OnnxSupport | undefined;

/**
 * Whether ONNX Runtime loads here, which version it is and what it can compute with. Found out once a process, by
 * loading it.
 *
 * @example
 * ```ts
 * import { onnxSupport } from '@mapping-networks/engine-onnx';
 * console.log(onnxSupport()); // { available: true, version: '1.…', providers: […] }
 * ```
 */
export const onnxSupport = (): OnnxSupport => {
  known ??= Object.freeze(findOut());
  return known;
};

const findOut = (): OnnxSupport => {
  try {
    const ort = loadOnnxruntime();
    const { node, common } = ort.env.versions;
    return { available: true, version: node ?? common, providers: providersOf(ort) };
  } catch (cause) {
    if (cause instanceof MappingNetworksError) return { available: false, error: cause };
    throw cause;
  }
};
