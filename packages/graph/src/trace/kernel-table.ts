// All kernels that can be recorded, by their names in TensorFlow.js.
import type { Kernels } from './kernel.ts';
import { ACTIVATIONS } from './kernels/activations.ts';
import { BINARY } from './kernels/binary.ts';
import { CREATION, IMPURE } from './kernels/creation.ts';
import { EINSUM } from './kernels/einsum.ts';
import { INDEXING } from './kernels/indexing.ts';
import { POOLS } from './kernels/pools.ts';
import { PRODUCTS } from './kernels/products.ts';
import { REDUCTIONS } from './kernels/reductions.ts';
import { SHAPES } from './kernels/shapes.ts';
import { SLICES } from './kernels/slices.ts';
import { UNARY } from './kernels/unary.ts';

/** Families of kernels under the names that the documentation gives them. */
export const KERNEL_FAMILIES: Readonly<Record<string, Kernels>> = {
  'Matrix products and convolutions': { ...PRODUCTS, ...EINSUM },
  'Pools and normalization': POOLS,
  Activations: ACTIVATIONS,
  'Functions of one tensor': UNARY,
  'Functions of two tensors': BINARY,
  Reductions: REDUCTIONS,
  'Shapes and joins': SHAPES,
  Slices: SLICES,
  'Indices and conditions': INDEXING,
  'Constant arrays': CREATION,
};

const SUPPORTED: Kernels = Object.assign({}, ...Object.values(KERNEL_FAMILIES));

/** Kernels of the recording backend: the supported ones, and those that throw. */
export const KERNELS: Kernels = { ...SUPPORTED, ...IMPURE };

/**
 * The names of all kernels of TensorFlow.js that a compiled step may use, sorted.
 *
 * @example
 * ```ts
 * import { SUPPORTED_KERNELS } from '@mapping-networks/graph';
 * console.log(SUPPORTED_KERNELS.includes('Conv2D')); // true
 * ```
 */
export const SUPPORTED_KERNELS: readonly string[] = Object.keys(SUPPORTED).toSorted();
