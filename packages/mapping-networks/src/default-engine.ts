// The engine where nobody names one: of a config that has none, and of a run that is looked at again.
import type { LossWarning, Part } from '@mapping-networks/core';
import { wasm } from '@mapping-networks/engine-eager';
import { onnx, onnxSupport } from '@mapping-networks/engine-onnx';
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

/** The engine that a run is looked at with. */
export interface EvaluationEngine {
  readonly engine: Part<'engine'>;
  /** What is lost, where it is not the one that the run was trained on. */
  readonly warning?: LossWarning;
}

/**
 * What measures a network again that was trained on `engine`: the same, but `wasm` for `onnx` where onnxruntime-node does
 * not load, with the warning of `defaultEngine`. Only the last bits of scores depend on it; training that goes on has to
 * keep its engine.
 *
 * @example
 * ```ts
 * import { evaluationEngine, onnx } from 'mapping-networks';
 * const { engine, warning } = evaluationEngine(onnx({ threads: 2 }));
 * console.log(engine.name, warning); // onnx undefined
 * ```
 */
export const evaluationEngine = (engine: Part<'engine'>): EvaluationEngine => {
  if (engine.name !== onnx.name) return { engine };
  const { name, warning } = defaultEngine();
  return name === onnx.name ? { engine } : { engine: wasm(), ...(warning && { warning }) };
};
