// Task losses against float64 loops written from their definitions, and their gradients against finite differences of
// those loops.
import type { Loss } from '@mapping-networks/core';
import { binaryCrossEntropy, crossEntropy, mae, mse } from '@mapping-networks/losses';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

type Reference = (output: readonly number[], labels: readonly number[]) => number;

/** −Σ t·log softmax of one example, from exponentials. */
const nll =
  (smoothing: number): Reference =>
  (logits, [label = NaN]) => {
    const sum = logits.reduce((total, x) => total + Math.exp(x), 0);
    return logits.reduce((total, x, k) => {
      const target = (k === label ? 1 - smoothing : 0) + smoothing / logits.length;
      return total - target * Math.log(Math.exp(x) / sum);
    }, 0);
  };

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

const bce: Reference = (output, labels) =>
  mean(
    output.map((x, i) => -labels[i]! * Math.log(sigmoid(x)) - (1 - labels[i]!) * Math.log(1 - sigmoid(x))),
  );

const losses: Readonly<Record<string, { loss: Loss; reference: Reference; classes: boolean }>> = {
  crossEntropy: { loss: crossEntropy().impl, reference: nll(0), classes: true },
  'crossEntropy, smoothed': {
    loss: crossEntropy({ labelSmoothing: 0.2 }).impl,
    reference: nll(0.2),
    classes: true,
  },
  binaryCrossEntropy: { loss: binaryCrossEntropy().impl, reference: bce, classes: false },
  mse: { loss: mse().impl, reference: (o, l) => mean(o.map((x, i) => (x - l[i]!) ** 2)), classes: false },
  mae: { loss: mae().impl, reference: (o, l) => mean(o.map((x, i) => Math.abs(x - l[i]!))), classes: false },
};

const batches = fc
  .record({ batch: fc.integer({ min: 1, max: 5 }), outputs: fc.integer({ min: 2, max: 6 }) })
  .chain(({ batch, outputs }) => {
    const rows = <T>(value: fc.Arbitrary<T>, length: number): fc.Arbitrary<T[][]> =>
      fc.array(fc.array(value, { minLength: length, maxLength: length }), {
        minLength: batch,
        maxLength: batch,
      });
    const float = fc.double({ min: -6, max: 6, noNaN: true }).map(Math.fround);
    return fc.record({
      outputs: rows(float, outputs),
      values: rows(fc.double({ min: 0, max: 1, noNaN: true }).map(Math.fround), outputs),
      indices: rows(fc.integer({ min: 0, max: outputs - 1 }), 1),
    });
  });

test('the gradient of mae is 0 where the output is the label', () => {
  const gradient = tf.tidy(() =>
    tf
      .grad((output: tf.Tensor) => tf.sum(mae().impl.perExample!(output, tf.tensor2d([[1, 2]]))))(
        tf.tensor2d([[1, 4]]),
      )
      .arraySync(),
  );
  expect(gradient).toEqual([[0, 0.5]]);
});

const contextOf = (output: tf.Tensor, labels: tf.Tensor): Parameters<Loss['evaluate']>[0] => ({
  output,
  labels,
  trainables: {},
  weights: {},
  noise: {},
  forward: () => output,
  regularizer: () => tf.scalar(0),
});

describe.each(Object.entries(losses))('%s', (_, { loss, reference, classes }) => {
  const labelTensor = (rows: number[][]): tf.Tensor =>
    classes ? tf.tensor1d(rows.flat(), 'int32') : tf.tensor2d(rows);

  test('is its definition, for each example and on average', () => {
    fc.assert(
      fc.property(batches, ({ outputs, values, indices }) => {
        const rows = classes ? indices : values;
        const expected = outputs.map((row, i) => reference(row, rows[i]!));
        const [each, total, terms] = tf.tidy(() => {
          const [output, labels] = [tf.tensor2d(outputs), labelTensor(rows)];
          const value = loss.evaluate(contextOf(output, labels));
          const examples = loss.perExample!(output, labels);
          expect(examples.shape).toEqual([outputs.length]);
          return [
            examples.arraySync(),
            value.total.arraySync(),
            Object.values(value.terms).map((t) => t.arraySync()),
          ];
        }) as [number[], number, number[]];
        each.forEach((value, i) =>
          expect(Math.abs(value - expected[i]!)).toBeLessThan(2e-5 * (1 + expected[i]!)),
        );
        expect(total).toBeCloseTo(mean(expected), 4);
        expect(terms).toEqual([total]);
      }),
      { numRuns: 60 },
    );
  });

  test('has the gradient of its definition', () => {
    const outputs = [
      [0.3, -1.2, 2.1],
      [-0.4, 0.9, -2.5],
    ];
    const rows = classes ? [[2], [0]] : [[0.1, 0.8, 1], [0, 0.5, 0.3]]; // prettier-ignore
    const gradient = tf.tidy(() =>
      tf
        .grad((output: tf.Tensor) => loss.evaluate(contextOf(output, labelTensor(rows))).total)(
          tf.tensor2d(outputs),
        )
        .dataSync(),
    );
    const total = (values: number[][]): number => mean(values.map((row, i) => reference(row, rows[i]!)));
    const at = (i: number, j: number, step: number): number =>
      total(outputs.map((row, r) => row.map((x, c) => (r === i && c === j ? x + step : x))));
    outputs.forEach((row, i) =>
      row.forEach((__, j) => {
        const difference = (at(i, j, 1e-6) - at(i, j, -1e-6)) / 2e-6;
        expect(gradient[i * 3 + j]).toBeCloseTo(difference, 5);
      }),
    );
  });

  test('needs nothing else and keeps nothing', () => {
    expect(loss.requires).toEqual({ noise: false, regularizers: [] });
    expect([loss.trainables, loss.init(), loss.diagnose({})]).toEqual([[], {}, []]);
    const output = tf.tensor2d([[1, 2]]);
    const labels = labelTensor(classes ? [[1]] : [[1, 0]]);
    const before = tf.memory().numTensors;
    const value = loss.evaluate(contextOf(output, labels));
    expect(tf.memory().numTensors).toBe(before + 1);
    loss.perExample!(output, labels).dispose();
    expect(tf.memory().numTensors).toBe(before + 1);
    tf.dispose([value.total, output, labels]);
  });
});

test('extreme logits give finite losses and gradients', () => {
  const read = (
    loss: Loss,
    labels: () => tf.Tensor,
    rows: number[][],
  ): { value: number; gradient: number[] } => {
    const { value, grad } = tf.valueAndGrad(
      (output: tf.Tensor) => loss.evaluate(contextOf(output, labels())).total,
    )(tf.tensor2d(rows));
    const result = { value: value.dataSync()[0]!, gradient: Array.from(grad.dataSync()) };
    tf.dispose([value, grad]);
    return result;
  };
  const softmax = read(crossEntropy().impl, () => tf.tensor1d([1], 'int32'), [[1000, -1000]]);
  expect(softmax).toEqual({ value: 2000, gradient: [1, -1] });
  const binary = read(binaryCrossEntropy().impl, () => tf.tensor2d([[0], [1], [0]]), [[500], [-500], [0]]);
  expect(binary.value).toBeCloseTo((1000 + Math.LN2) / 3, 3);
  expect(binary.gradient[2]).toBeCloseTo(0.5 / 3, 6);
  expect(binary.gradient[0]).toBeCloseTo(1 / 3, 6);
});

test('outputs at many positions are averaged for each example', () => {
  const logits = tf.tensor(
    Float32Array.from({ length: 2 * 2 * 3 }, (_, i) => Math.sin(i)),
    [2, 2, 3],
  );
  const labels = tf.tensor2d([[0, 1], [2, 0]], [2, 2], 'int32'); // prettier-ignore
  const values = crossEntropy().impl.perExample!(logits, labels).arraySync();
  const data = Array.from(logits.dataSync());
  const at = (position: number, label: number): number =>
    nll(0)(data.slice(position * 3, position * 3 + 3), [label]);
  expect(values[0]).toBeCloseTo((at(0, 0) + at(1, 1)) / 2, 5);
  expect(values[1]).toBeCloseTo((at(2, 2) + at(3, 0)) / 2, 5);
});

describe('labels that do not fit are refused', () => {
  const cases: readonly [
    loss: Loss,
    output: number[],
    labels: number[],
    type: 'int32' | 'float32',
    code: string,
  ][] = [
    [crossEntropy().impl, [2, 3], [2], 'float32', 'LOSSES_LABELS_TYPE'],
    [crossEntropy().impl, [2, 3], [3], 'int32', 'LOSSES_LABELS_SHAPE'],
    [crossEntropy().impl, [2, 3], [2, 3], 'int32', 'LOSSES_LABELS_SHAPE'],
    [crossEntropy().impl, [2, 1], [2], 'int32', 'LOSSES_ONE_CLASS'],
    [mse().impl, [4, 3], [4], 'float32', 'LOSSES_LABELS_SHAPE'],
    [mae().impl, [4, 1], [1], 'float32', 'LOSSES_LABELS_SHAPE'],
    [binaryCrossEntropy().impl, [3, 2], [3], 'int32', 'LOSSES_LABELS_SHAPE'],
  ];
  test.each(cases)('%#: output %j, labels %j', (loss, output, labels, type, code) => {
    const evaluate = (): unknown => tf.tidy(() => loss.perExample!(tf.zeros(output), tf.zeros(labels, type)));
    expect(evaluate).toThrow(expect.objectContaining({ code }));
  });

  test('a last axis of side 1 may be missing', () => {
    const value = mse().impl.perExample!(tf.tensor2d([[1], [2]]), tf.tensor1d([0, 0], 'int32')).arraySync();
    expect(value).toEqual([1, 4]);
  });
});

test('label smoothing is checked', () => {
  expect(() => crossEntropy({ labelSmoothing: 1 })).toThrow(
    expect.objectContaining({ code: 'CORE_INVALID_OPTIONS' }),
  );
  expect(crossEntropy().options).toEqual({ labelSmoothing: 0 });
});
