// Labels brought to the shape and type of the output, or refused: broadcasting would compare the wrong numbers.
import * as tf from '@tensorflow/tfjs-core';
import { labelsShape } from './errors.ts';

/** The labels as float32 in the shape of `output`; axes of side 1 may differ (`[batch]` beside `[batch, 1]`). */
export const labelsLike = (loss: string, output: tf.Tensor, labels: tf.Tensor): tf.Tensor => {
  const sides = ({ shape }: tf.Tensor): string =>
    [shape[0], ...shape.slice(1).filter((side) => side !== 1)].join();
  if (sides(output) !== sides(labels)) {
    throw labelsShape(loss, 'one label for each output', output.shape, labels.shape);
  }
  return tf.reshape(tf.cast(labels, 'float32'), output.shape);
};
