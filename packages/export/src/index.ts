// The contract of @mapping-networks/export: everything public, nothing else.
export { exportNetwork, requirePassed, type ExportOptions } from './export-network.ts';
export type { ExportFigures, ExportResult, Latency } from './result.ts';
export { latent, type LatentOptions } from './latent.ts';
export { tfjs, type TfjsOptions } from './tfjs/tfjs.ts';
export type { TfjsQuantization } from './tfjs/encode-weight.ts';
export { onnx, type OnnxExportOptions } from './onnx/onnx.ts';
export type { OnnxPrecision } from './onnx/precision.ts';
export { generator, type GeneratorExportOptions } from './onnx/generator.ts';
export { safetensors, type SafetensorsOptions } from './safetensors/safetensors.ts';
export { readWeights, type Weights } from './safetensors/read-weights.ts';
