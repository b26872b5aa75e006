// The contract of @mapping-networks/runtime: what a page needs to load a bundle and run its network.
export { RuntimeError } from './errors.ts';
export { everything } from './everything.ts';
export type { DataSummary } from './files/config.ts';
export type { LayerKind } from './layers/kind.ts';
export type { ActivationName, Layer, Shape } from './layers/layer.ts';
export { moreLayers } from './layers/more.ts';
export type { LayerList } from './layers/network.ts';
export {
  load,
  type BundleFiles,
  type LayerActivation,
  type LayeredTarget,
  type LoadOptions,
  type Network,
  type NumberArray,
} from './load.ts';
export { cnn1, cnn2, type ImageOptions } from './networks/cnn.ts';
export { mlp, type MlpNetworkOptions } from './networks/mlp.ts';
export type { RuntimeParameterization } from './parameterization/binding.ts';
export { decodeLatent, type LatentDecoder } from './parameterization/decode-latent.ts';
export { direct } from './parameterization/direct.ts';
export { fakeQuantized } from './parameterization/fake-quantized.ts';
export { lowRank } from './parameterization/low-rank.ts';
export { mapping } from './parameterization/mapping.ts';
export { masked } from './parameterization/masked.ts';
export { softmax } from './softmax.ts';
