// The engine of a config that names none: the fastest that loads here.
import type { LossWarning } from '@mapping-networks/core';
import { onnxSupport } from '@mapping-networks/engine-onnx';
import { withoutOnnx } from './errors.ts';

/** The engine that is used where a config names none. */
export interface DefaultEngine {
  readonly name: 'onnx' | 'wasm';
  /** What is lost, where it is not the one it could be. */
  readonly warning?: LossWarning;
}

/**
 * `onnx` in Node where onnxruntime-node loads, `wasm` elsewhere, with a warning if that is Node.
 *
 * @example
 * ```ts
 * import { defaultEngine } from 'mapping-networks';
 * console.log(defaultEngine().name); // onnx
 * ```
 */
export const defaultEngine = (): DefaultEngine => {
  const support = onnxSupport();
  if (support.available) return { name: 'onnx' };
  const inNode = globalThis.process?.versions?.node !== undefined;
  return { name: 'wasm', ...(inNode && { warning: withoutOnnx(support.error.cause) }) };
};
