// The contract of @mapping-networks/quantize.
export { gridOf, type ActivationGrid, type ActivationGridOptions } from './activations/grid-of.ts';
export type { Range as ActivationRange } from './activations/observed.ts';
export { createObserver, type Observer, type ObserverOptions } from './activations/observer.ts';
export { dequantize } from '@mapping-networks/runtime/canonical';
export {
  fakeQuantized,
  type FakeQuantizedInput,
  type FakeQuantizedOptions,
} from './weights/fake-quantized.ts';
export type { WeightQuantization } from './weights/options.ts';
export { quantize, type QuantizeFineTuning, type QuantizeOptions } from './weights/quantize.ts';
export { quantizeLatent, type QuantizeLatentOptions } from './latent/quantize-latent.ts';
