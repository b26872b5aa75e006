// The wasm backend of TensorFlow.js, made fit for training.
export { openWasm } from './open-wasm.ts';
export { registerWasmKernels } from './register.ts';
