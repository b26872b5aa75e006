// Gradients of TensorFlow.js' operations. In Node, tfjs-core registers none by itself; tfjs-layers registers all.

/**
 * Registers the gradients of TensorFlow.js' operations. To be awaited once before steps with gradients are recorded.
 *
 * @example
 * ```ts
 * import { loadGradients } from '@mapping-networks/graph';
 * await loadGradients();
 * ```
 */
export const loadGradients = async (): Promise<void> => {
  await import('@tensorflow/tfjs-layers');
};
