// The ONNX engine: steps compiled to ONNX and run by ONNX Runtime.
export { onnx } from './onnx.ts';
export { onnxSupport, type OnnxSupport } from './support.ts';
export type { OnnxOptions, Provider } from './options.ts';
export { loadOnnxruntime, type Onnxruntime } from './runtime/onnxruntime.ts';
