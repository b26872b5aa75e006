// What a batch is scored by: the task loss and the metrics, one number for each example.
import type * as tf from '@tensorflow/tfjs-core';
import type { Loss, Metric, Part } from '@mapping-networks/core';
import { mapNamed } from '../named.ts';

/** The scorers of a run by name; `loss` is the task loss. */
export type Scorers = Readonly<Record<string, (output: tf.Tensor, labels: tf.Tensor) => tf.Tensor1D>>;

export const scorersOf = (
  loss: Pick<Loss, 'perExample'>,
  metrics: Readonly<Record<string, Metric>>,
): Scorers => ({
  ...mapNamed(
    metrics,
    (metric) => (output: tf.Tensor, labels: tf.Tensor) => metric.perExample(output, labels),
  ),
  ...(loss.perExample ? { loss: loss.perExample } : {}),
});

/** Metrics by the names of their plugins; the second of a name is `NAME2`. */
export const implementations = (metrics: readonly Part<'metric'>[]): Record<string, Metric> => {
  const counts = new Map<string, number>();
  const entries = metrics.map(({ name, impl }): [string, Metric] => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return [count === 1 ? name : `${name}${count}`, impl];
  });
  return Object.fromEntries(entries);
};
