// The kernels that this package adds to the wasm backend or puts in place of slower ones.
import { getKernel, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import type { KernelConfig } from '@tensorflow/tfjs-core';
import { batchMatMul } from './kernels/batch-mat-mul.ts';
import { conv2d } from './kernels/conv2d.ts';
import { conv2dBackpropFilter } from './kernels/conv2d-backprop-filter.ts';
import { conv2dBackpropInput } from './kernels/conv2d-backprop-input.ts';
import { depthwiseBackpropFilter } from './kernels/depthwise-backprop-filter.ts';
import { depthwiseBackpropInput } from './kernels/depthwise-backprop-input.ts';
import { gatherScalars } from './kernels/gather-scalars.ts';
import { maxPoolGrad } from './kernels/max-pool-grad.ts';
import type { SpecialCase } from './kernels/kernel.ts';
import { add, multiply, subtract } from './kernels/row-broadcast.ts';
import { cast, identity } from './kernels/share-data.ts';
import { mean, sum } from './kernels/sum-leading-axes.ts';
import { unsortedSegmentSum } from './kernels/unsorted-segment-sum.ts';

/** Kernels that the backend lacks, or that take the place of slower ones altogether. */
export const wasmKernels: readonly KernelConfig[] = [
  batchMatMul,
  conv2d,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
  maxPoolGrad,
  unsortedSegmentSum,
];

/** Faster ways for some inputs of kernels that otherwise stay as they are. */
export const wasmSpecialCases: readonly SpecialCase[] = [
  add,
  cast,
  gatherScalars,
  identity,
  mean,
  multiply,
  subtract,
  sum,
];

/** What `registerWasmKernels` has put into the registry. */
const ours = new WeakSet<KernelConfig['kernelFunc']>();

/**
 * Registers the kernels that training needs on the TensorFlow.js backend `wasm`.
 *
 * The registry of TensorFlow.js is global: from then on *every* user of the backend in this process gets
 * these kernels, some of which replace slower ones of the same results (within rounding). Calling it again
 * does nothing.
 */
export function registerWasmKernels(): void {
  for (const kernel of wasmKernels) replace(kernel.kernelName, () => kernel);
  for (const special of wasmSpecialCases) {
    replace(special.kernelName, (present) => (present === undefined ? undefined : special.over(present)));
  }
}

function replace(name: string, make: (present: KernelConfig | undefined) => KernelConfig | undefined): void {
  const present = getKernel(name, 'wasm');
  if (present !== undefined && ours.has(present.kernelFunc)) return;
  const kernel = make(present);
  if (kernel === undefined) return;
  if (present !== undefined) unregisterKernel(name, 'wasm');
  registerKernel(kernel);
  ours.add(kernel.kernelFunc);
}
