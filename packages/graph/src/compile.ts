// From a step to a model: record, simplify, choose a layout, simplify what that brought, lower.
import type { Step, StepSignature } from '@mapping-networks/core';
import { createBuilder } from './ir/builder.ts';
import type { Graph } from './ir/graph.ts';
import { layOut } from './layout/lay-out.ts';
import type { LayoutOptions } from './layout/strategy.ts';
import { lower, type LowerOptions } from './lower/lower.ts';
import type { OnnxModel } from './onnx/model.ts';
import { simplify } from './simplify/simplify.ts';
import { trace } from './trace/trace.ts';

/** The graph of a step as it is lowered: recorded, simplified, laid out. */
export const stepGraph = (step: Step, signature: StepSignature, options: LayoutOptions = {}): Graph => {
  const recorded = simplify(trace(step, signature), createBuilder());
  return simplify(layOut(recorded, createBuilder(), options), createBuilder());
};

/** What a model is made for. */
export type CompileOptions = LayoutOptions & LowerOptions;

/**
 * A step as an ONNX model: inputs and outputs under their own names, frozen arrays as initializers that are views of the
 * caller's. Gradients must have been loaded (`loadGradients`). Equal steps give equal models.
 *
 * @throws what `trace` throws: GRAPH_UNSUPPORTED_KERNEL, GRAPH_UNSUPPORTED_TYPE, GRAPH_NOT_PURE, GRAPH_DATA_READ,
 *   GRAPH_NAME_TWICE
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs-core';
 * import { compileToOnnx } from '@mapping-networks/graph';
 * const { nodes } = compileToOnnx(({ x, w }) => ({ y: tf.relu(tf.matMul(x!, w!)) }), {
 *   frozen: {},
 *   inputs: { x: { shape: [4, 3], dtype: 'float32' }, w: { shape: [3, 2], dtype: 'float32' } },
 * });
 * console.log(nodes.map(({ operator }) => operator)); // [ 'MatMul', 'Relu' ]
 * ```
 */
export const compileToOnnx = (
  step: Step,
  signature: StepSignature,
  options: CompileOptions = {},
): OnnxModel => lower(stepGraph(step, signature, options), { frozen: signature.frozen, ...options });
