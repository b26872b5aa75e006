// Steps of TensorFlow.js as typed graphs: recorded, simplified, laid out, written as ONNX.
export { topological, type Graph } from './ir/graph.ts';
export { createBuilder, type Axes, type Builder } from './ir/builder.ts';
export type { AnyDraft, DraftOf, GivenType } from './ir/type-of.ts';
export type * from './ir/node.ts';
export type { DType, ElementArray, ValueType } from './ir/value-type.ts';
export type { Window2d } from './ir/window.ts';
export { interpret } from './interpret/interpret.ts';
export { layOut } from './layout/lay-out.ts';
export type { LayoutOptions, Strategy } from './layout/strategy.ts';
export { trace } from './trace/trace.ts';
export { loadGradients } from './trace/load-gradients.ts';
export { SUPPORTED_KERNELS } from './trace/kernel-table.ts';
export { compileToOnnx, type CompileOptions } from './compile.ts';
export { simplify } from './simplify/simplify.ts';
export { lower, type LowerOptions } from './lower/lower.ts';
export { encodeModel } from './onnx/encode.ts';
export { dumpModel } from './onnx/dump.ts';
export type * from './onnx/model.ts';
