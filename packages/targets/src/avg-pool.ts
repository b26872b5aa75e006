// Mean over windows, counting only what lies inside the image. TensorFlow.js computes that forwards, but its gradient
// (4.22) divides by the whole window at the border; padding by hand keeps the two together.
import type { Padding } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';

/** `[batch, height, width, channels]` → `[batch, rows, columns, channels]`. */
export const avgPool2d = (x: tf.Tensor4D, size: number, strides: number, padding: Padding): tf.Tensor4D => {
  if (padding === 'valid') return tf.avgPool(x, size, strides, 'valid');
  const rows = paddingOf(x.shape[1], size, strides);
  const columns = paddingOf(x.shape[2], size, strides);
  const padded = tf.pad(x, [
    [0, 0],
    [rows.before, rows.after],
    [columns.before, columns.after],
    [0, 0],
  ]);
  const correction = rows.counts.flatMap((row) =>
    columns.counts.map((column) => (size * size) / (row * column)),
  );
  const means = tf.avgPool(padded, size, strides, 'valid');
  return tf.mul(means, tf.tensor4d(correction, [1, rows.counts.length, columns.counts.length, 1]));
};

/** SAME padding of one axis, and how much of each window lies inside. */
const paddingOf = (
  side: number,
  size: number,
  strides: number,
): { readonly before: number; readonly after: number; readonly counts: readonly number[] } => {
  const windows = Math.ceil(side / strides);
  const total = Math.max(0, (windows - 1) * strides + size - side);
  const before = Math.floor(total / 2);
  const counts = Array.from({ length: windows }, (_, index) => {
    const start = index * strides - before;
    return Math.min(start + size, side) - Math.max(start, 0);
  });
  return { before, after: total - before, counts };
};
