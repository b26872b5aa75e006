// The law suite of metrics.
import { float32, type ArrayTensor, type Part } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { expectClose, expectFinite, expectSameBits, expectShape } from './checks/arrays.ts';
import { expectNoLeak, onTensors } from './checks/tensors.ts';
import { wrongValue } from './errors.ts';
import { law, type Law } from './law.ts';
import { classificationSample, type LossSample } from './loss/loss-case.ts';

/** The outputs and labels that `metricLaws` scores, and perfect outputs to compare them with. */
export interface MetricLawOptions {
  /** Outputs and labels as the metric takes them. Default: logits of ten classes and class indices, batch 6. */
  readonly sample?: LossSample;
  /** Outputs that are as good as can be for these labels. Default: high logits of the labels, or the labels. */
  readonly perfect?: ArrayTensor;
  /** Seed of the default sample. Default 0. */
  readonly seed?: number;
}

/**
 * What every metric must keep: one finite score for each example, which does not depend on the others; the same every
 * time; perfect outputs not worse than random ones, in the direction it declares; no leaks.
 *
 * @example
 * ```ts
 * import { metricLaws } from '@mapping-networks/conformance';
 * import { accuracy } from '@mapping-networks/train';
 * console.log(metricLaws(accuracy()).map(({ name }) => name));
 * ```
 */
export const metricLaws = (
  { impl }: Part<'metric'>,
  { seed = 0, sample = classificationSample(seed), perfect = perfectOutput(sample) }: MetricLawOptions = {},
): readonly Law[] => {
  const [batch = 0] = sample.output.shape;
  const scores = (output: ArrayTensor = sample.output, from = 0, to = batch): ArrayTensor['data'] =>
    onTensors({ output, labels: sample.labels }, ({ output, labels }) => ({
      scores: impl.perExample(part(output, from, to), part(labels, from, to)),
    }))['scores']?.data ?? new Float32Array(0);
  return [
    law('perExample gives one finite score for each example, the same every time', () => {
      expectShape('perExample', [scores().length], [batch]);
      expectFinite('perExample', scores());
      expectSameBits('perExample', scores(), scores());
    }),
    law('the score of an example does not depend on the others', () => {
      const alone = Array.from({ length: batch }, (_, i) => scores(sample.output, i, i + 1)[0] ?? Number.NaN);
      expectClose('perExample one by one', alone, scores(), 1e-5, 1e-3);
    }),
    law('perfect outputs are better than random ones', () => {
      const [best, other] = [mean(scores(perfect)), mean(scores())];
      const better = impl.better === 'higher' ? best > other : best < other;
      if (!better)
        throw wrongValue(
          'score of perfect outputs',
          `${impl.better} than ${other}`,
          best,
          'Check the sign, and better.',
        );
    }),
    law('no tensor is kept, none of the caller’s disposed', () => {
      expectNoLeak('perExample', { output: sample.output, labels: sample.labels }, ({ output, labels }) =>
        impl.perExample(output as tf.Tensor, labels as tf.Tensor),
      );
    }),
  ];
};

const part = (tensor: tf.Tensor | undefined, from: number, to: number): tf.Tensor =>
  tf.slice(tensor as tf.Tensor, [from], [to - from]);

const mean = (values: ArrayTensor['data']): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

/** Class indices become high logits; values become outputs as they are. */
const perfectOutput = ({ output, labels }: LossSample): ArrayTensor => {
  if (labels.dtype === 'float32') return float32(labels.data, output.shape);
  const classes = output.shape.at(-1) ?? 1;
  const logits = new Float32Array(labels.data.length * classes);
  labels.data.forEach((label, i) => (logits[i * classes + label] = 9));
  return float32(logits, output.shape);
};
