// Our kernels and those that tfjs-backend-wasm comes with, to be exchanged within one process: the fair comparison on a
// machine whose load changes. What the backend lacks stays ours in both, or it could not train at all.
import * as tf from '@tensorflow/tfjs-core';

export interface KernelSets {
  /** Makes our kernels the registered ones. */
  readonly ours: () => void;
  /** Puts the stock kernels back where there are any. */
  readonly stock: () => void;
}

/** Both sets; `open` starts the backend and registers ours over the stock kernels. */
export const kernelSets = async (open: () => Promise<void>): Promise<KernelSets> => {
  const stock = tf.getKernelsForBackend('wasm');
  await open();
  const ours = tf.getKernelsForBackend('wasm');
  const exchanged = stock.flatMap((theirs) => {
    const mine = ours.find(({ kernelName }) => kernelName === theirs.kernelName);
    return mine === undefined || mine.kernelFunc === theirs.kernelFunc ? [] : [{ mine, theirs }];
  });
  // The backend set up only what was registered when it started.
  for (const { theirs } of exchanged) theirs.setupFunc?.(tf.backend());
  const register = (kernels: readonly tf.KernelConfig[]) => (): void => {
    for (const kernel of kernels) {
      tf.unregisterKernel(kernel.kernelName, 'wasm');
      tf.registerKernel(kernel);
    }
  };
  return {
    ours: register(exchanged.map(({ mine }) => mine)),
    stock: register(exchanged.map(({ theirs }) => theirs)),
  };
};
