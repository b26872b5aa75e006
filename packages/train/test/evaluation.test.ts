// Evaluation counts every example once, whatever the size of batches; prediction keeps the order of its inputs.
import * as tf from '@tensorflow/tfjs-core';
import { float32, zeros, type Model, type Part, type Split } from '@mapping-networks/core';
import { cpu } from '@mapping-networks/engine-eager';
import {
  accuracy,
  evaluate,
  meanAbsoluteError,
  meanSquaredError,
  predict,
  probabilities,
} from '@mapping-networks/train';
import { describe, expect, it } from 'vitest';
import { blobSplits, crossEntropy, identity, linearTarget, lossLike, statefulTarget } from './tiny.ts';

const kernel = Float32Array.of(1, -0.5, -0.25, 0.125, 2, -1);
const model: Model = {
  target: linearTarget,
  parameterization: identity(),
  trainables: { 'fc.kernel': float32(kernel, [2, 3]), 'fc.bias': float32(Float32Array.of(0.1, 0, -0.1)) },
  buffers: {},
};

const logitsOf = (x: Float32Array, i: number): number[] =>
  [0, 1, 2].map(
    (c) => [0.1, 0, -0.1][c]! + [0, 1].reduce((sum, k) => sum + x[2 * i + k]! * kernel[3 * k + c]!, 0),
  );

const { test } = blobSplits;
const whole = test.batch(Array.from({ length: test.size }, (_, i) => i));

describe('evaluate', () => {
  it.each([1, 7, 22, 23, 100])('averages over every example once, in batches of %i', async (batchSize) => {
    const before = tf.memory().numTensors;
    let [loss, right] = [0, 0];
    for (let i = 0; i < test.size; i++) {
      const logits = logitsOf(whole.x, i);
      const label = whole.y[i] ?? 0;
      loss -= logits[label]! - Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
      right += Number(logits[label] === Math.max(...logits));
    }
    const scores = await evaluate({ model, split: test, loss: crossEntropy, engine: cpu(), batchSize });
    expect(scores.loss).toBeCloseTo(loss / test.size, 6);
    expect(scores['accuracy']).toBe(right / test.size);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('uses buffers, not batch statistics, and no masks', async () => {
    const buffers = { 'norm.mean': float32(Float32Array.of(0.5, -1)) };
    const shifted: Split = {
      ...test,
      batch: (indices) => {
        const batch = test.batch(indices);
        return { ...batch, x: batch.x.map((v, i) => v + (i % 2 === 0 ? 0.5 : -1)) };
      },
    };
    const options = { loss: crossEntropy, engine: cpu() };
    const expected = await evaluate({ ...options, model, split: test });
    const scores = await evaluate({
      ...options,
      model: { ...model, target: statefulTarget, buffers },
      split: shifted,
    });
    expect(scores.loss).toBeCloseTo(expected.loss, 6);
    expect(scores['accuracy']).toBe(expected['accuracy']);
  });

  it('scores values by mean absolute error where no metric is named', async () => {
    const split: Split = {
      size: 5,
      batch: (indices) => ({
        size: indices.length,
        x: Float32Array.from({ length: 2 * indices.length }, () => 0),
        y: Float32Array.from({ length: 3 * indices.length }, (_, i) => indices[Math.floor(i / 3)] ?? 0),
      }),
    };
    const zero: Model = { ...model, trainables: { 'fc.kernel': zeros([2, 3]), 'fc.bias': zeros([3]) } };
    const loss = lossLike({ perExample: (output, labels) => tf.sum(tf.square(tf.sub(output, labels)), 1) });
    const options = { model: zero, split, loss, engine: cpu(), batchSize: 2 };
    expect(await evaluate(options)).toEqual({ loss: 18, meanAbsoluteError: 2 });
    expect(await evaluate({ ...options, metrics: [meanSquaredError()] })).toEqual({
      loss: 18,
      meanSquaredError: 6,
    });
  });

  it.each([0, -1, 2.5, Number.NaN])('refuses batches of %s, as predict does', async (batchSize) => {
    const refused = { code: 'TRAIN_INVALID_OPTION' };
    const options = { model, split: test, loss: crossEntropy, engine: cpu(), batchSize };
    await expect(evaluate(options)).rejects.toMatchObject(refused);
    await expect(predict({ model, inputs: whole.x, engine: cpu(), batchSize })).rejects.toMatchObject(
      refused,
    );
  });

  it('names a plugin that was not called, as predict does', async () => {
    const refused = /'engine'.*the plugin 'cpu', not called/;
    // @ts-expect-error a plugin is not a part
    const engine: ReturnType<typeof cpu> = cpu;
    await expect(evaluate({ model, split: test, loss: crossEntropy, engine })).rejects.toThrow(refused);
    await expect(predict({ model, inputs: whole.x, engine })).rejects.toThrow(refused);
  });

  it('scores two metrics of one name apart', async () => {
    const never: Part<'metric'> = {
      ...accuracy(),
      impl: { better: 'higher', perExample: (output) => tf.zeros([output.shape[0] ?? 0]) },
    };
    const options = { model, split: test, loss: crossEntropy, engine: cpu(), metrics: [accuracy(), never] };
    const { accuracy: first, accuracy2: second } = await evaluate(options);
    expect([first === 0, second]).toEqual([false, 0]);
  });

  it('needs examples and a task loss', async () => {
    const options = { model, split: test, loss: crossEntropy, engine: cpu() };
    const { perExample: _taskLoss, ...regulariser } = crossEntropy.impl;
    await expect(evaluate({ ...options, split: { ...test, size: 0 } })).rejects.toThrow(/no examples/);
    await expect(evaluate({ ...options, loss: { ...crossEntropy, impl: regulariser } })).rejects.toThrow(
      /task loss/,
    );
  });
});

describe('predict', () => {
  it.each([1, 5, 23, 64])('gives the logits of every input in order, in batches of %i', async (batchSize) => {
    const before = tf.memory().numTensors;
    const prediction = await predict({ model, inputs: whole.x, engine: cpu(), batchSize });
    expect(prediction).toMatchObject({ size: 23, outputShape: [3] });
    for (let i = 0; i < test.size; i++) {
      logitsOf(whole.x, i).forEach((logit, c) => expect(prediction.outputs[3 * i + c]).toBeCloseTo(logit, 5));
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  it('rejects inputs that are not a whole number of examples', async () => {
    for (const length of [0, 5]) {
      await expect(predict({ model, inputs: new Float32Array(length), engine: cpu() })).rejects.toMatchObject(
        {
          code: 'TRAIN_INPUT_LENGTH',
        },
      );
    }
  });
});

describe('probabilities', () => {
  it.each([0, 3, -1, Number.NaN])('refuses four numbers as rows of %s', (classes) => {
    expect(() => probabilities(new Float32Array(4), classes)).toThrow(/rows of .* logits.* got 4 numbers/);
  });

  it('sum to one, keep the ratio of exponentials, and survive large logits', () => {
    const rows = probabilities(Float32Array.of(1, 2, 4, 1000, 1001, -1000), 3);
    expect(rows[0]! + rows[1]! + rows[2]!).toBeCloseTo(1, 6);
    expect(rows[2]! / rows[1]!).toBeCloseTo(Math.exp(2), 4);
    expect(Array.from(rows.subarray(3), (p) => Number(p.toFixed(4)))).toEqual([0.2689, 0.7311, 0]);
  });
});

describe('metrics', () => {
  const scored = (metric: typeof accuracy, output: tf.TensorLike, labels: tf.TensorLike): number[] => {
    const run = (): tf.Tensor1D => metric().impl.perExample(tf.tensor(output), tf.tensor(labels));
    return [...tf.tidy(run).dataSync()];
  };

  it('accuracy takes the highest logit, or the sign of a single one', () => {
    expect(
      scored(
        accuracy,
        [
          [1, 2, 0],
          [3, 2, 1],
        ],
        [1, 2],
      ),
    ).toEqual([1, 0]);
    expect(scored(accuracy, [[-1], [2], [3]], [0, 0, 1])).toEqual([1, 0, 1]);
  });

  it('accuracy averages over the places of one example', () => {
    expect(
      scored(
        accuracy,
        [
          [
            [1, 0],
            [0, 1],
            [0, 1],
            [1, 0],
          ],
        ],
        [[0, 1, 0, 1]],
      ),
    ).toEqual([0.5]);
  });

  it('errors average over the values of one example and take labels with or without their inner axis', () => {
    const run = (
      metric: typeof meanAbsoluteError | typeof meanSquaredError,
      labels: tf.TensorLike,
    ): number[] => [
      ...tf.tidy(() => metric().impl.perExample(tf.tensor([[1], [5]]), tf.tensor(labels))).dataSync(),
    ];
    expect(run(meanAbsoluteError, [2, 2])).toEqual([1, 3]);
    expect(run(meanAbsoluteError, [[2], [2]])).toEqual([1, 3]);
    expect(run(meanSquaredError, [2, 2])).toEqual([1, 9]);
  });
});
