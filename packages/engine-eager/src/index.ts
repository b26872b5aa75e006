// The eager engine: steps run on a TensorFlow.js backend, operation by operation.
export { cpu, wasm, type EagerPlugin } from './engines.ts';
export { eagerEngine } from './eager-engine.ts';
export type { EagerBackend } from './backend.ts';
