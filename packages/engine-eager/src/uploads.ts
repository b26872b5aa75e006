// Frozen arrays on the device. Steps of one session that are compiled with the very same array share one tensor, so
// that a training step and an evaluation step hold the constants of a map once.
import * as tf from '@tensorflow/tfjs-core';
import type { ArrayTensor } from '@mapping-networks/core';

interface Upload {
  readonly tensor: tf.Tensor;
  users: number;
}

export interface Uploads {
  /** The array as a tensor; each `take` needs its own `release`. */
  take(array: ArrayTensor): tf.Tensor;
  release(array: tf.Tensor): void;
}

/** The array as a new tensor that belongs to the caller (or to the tidy around it). */
export const upload = ({ data, shape, dtype }: ArrayTensor): tf.Tensor => tf.tensor(data, [...shape], dtype);

export const createUploads = (): Uploads => {
  // Weak: the host's copy is free to go as soon as its owner drops it.
  const byArray = new WeakMap<ArrayTensor, Upload>();
  const byTensor = new Map<tf.Tensor, Upload>();
  return {
    take: (array) => {
      const known = byArray.get(array);
      if (known && known.users > 0) {
        known.users++;
        return known.tensor;
      }
      const fresh: Upload = { tensor: tf.keep(upload(array)), users: 1 };
      byArray.set(array, fresh);
      byTensor.set(fresh.tensor, fresh);
      return fresh.tensor;
    },
    release: (tensor) => {
      const known = byTensor.get(tensor);
      if (!known || --known.users > 0) return;
      byTensor.delete(tensor);
      tensor.dispose();
    },
  };
};
