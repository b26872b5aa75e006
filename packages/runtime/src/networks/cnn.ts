// CNN1 and CNN2 of Mapping Networks (Sen & Mukherjee, CVPR 2026) as lists of layers. A ReLU after the max-pool gives the
// values and gradients of one before it, on a quarter of the numbers.
import { list, optional, record, requireValid } from '../files/check.ts';
import type { Layer } from '../layers/layer.ts';
import type { LayerList } from '../layers/network.ts';
import { side } from '../layers/kind.ts';

/** Options of `cnn1` and `cnn2`. */
export interface ImageOptions {
  /** Number of logits, 1 … 1,000,000; default 10. */
  readonly classes?: number;
  /** `[height, width, channels]`; default `[28, 28, 1]`. */
  readonly inputShape?: readonly number[];
}

const RELU: Layer = { type: 'relu' };
const POOL: Layer = { type: 'maxPool2d', poolSize: 2 };

const isOptions = record({ classes: optional(side), inputShape: optional(list(side, 3, 3)) });

const withHead = (given: unknown, name: string, layers: readonly Layer[], units: number): LayerList => {
  requireValid(isOptions(given), name);
  const { classes = 10, inputShape = [28, 28, 1] } = given as ImageOptions;
  const head: readonly Layer[] = [
    { type: 'flatten' },
    { type: 'dense', name: 'fc1', units },
    RELU,
    { type: 'dense', name: 'fc2', units: classes },
  ];
  return { input: inputShape, layers: [...layers, ...head] };
};

/**
 * CNN1: convolutions of 32, 64, 128 and 128 filters 3×3, padded, with a 2×2 max-pool after the first, second and
 * fourth; dense 256; ReLU. For option `targets` of `load`.
 *
 * @example
 * ```ts
 * import { cnn1 } from '@mapping-networks/runtime';
 * console.log(cnn1({ classes: 2 }).layers.length); // 15
 * ```
 */
export const cnn1 = (given: unknown = {}): LayerList => {
  const conv = (name: string, filters: number): Layer => ({
    type: 'conv2d',
    name,
    filters,
    kernelSize: 3,
    padding: 'same',
  });
  const layers = [
    conv('conv1', 32), POOL, RELU,
    conv('conv2', 64), POOL, RELU,
    conv('conv3', 128), RELU,
    conv('conv4', 128), POOL, RELU,
  ]; // prettier-ignore
  return withHead(given, 'cnn1', layers, 256);
};

/**
 * CNN2: convolutions of 16 and 32 filters 3×3, unpadded, each with a 2×2 max-pool; dense 128; ReLU. For option `targets`
 * of `load`.
 *
 * @example
 * ```ts
 * import { cnn2 } from '@mapping-networks/runtime';
 * console.log(cnn2().input); // [28, 28, 1]
 * ```
 */
export const cnn2 = (given: unknown = {}): LayerList => {
  const conv = (name: string, filters: number): Layer => ({ type: 'conv2d', name, filters, kernelSize: 3 });
  return withHead(given, 'cnn2', [conv('conv1', 16), POOL, RELU, conv('conv2', 32), POOL, RELU], 128);
};
