// BatchNorm's two sides: batch statistics and running updates in training, running statistics in inference.
import { sequential } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { distance, taken, tensor, tensors, valuesFor } from './network.ts';
import { grid, momentsOf, normalize } from './reference.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const batches = fc.record({
  batch: fc.integer({ min: 1, max: 4 }),
  input: fc.oneof(
    fc.tuple(fc.integer({ min: 1, max: 5 })),
    fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 })),
  ),
  momentum: fc.double({ min: 0.01, max: 1, noNaN: true }),
  epsilon: fc.constantFrom(1e-5, 1e-3, 0.5),
  seed: fc.integer({ min: 1, max: 1e6 }),
});

test('training normalises with the batch and moves the buffers; inference uses them', () => {
  fc.assert(
    fc.property(batches, ({ batch, input, momentum, epsilon, seed }) => {
      const target = sequential({
        input: [...input],
        layers: [{ type: 'batchNorm', name: 'n', momentum, epsilon }],
      });
      const { x, parameters } = valuesFor(target, batch, seed);
      const channels = input.at(-1) ?? 1;
      const old = { mean: grid([channels]), variance: grid([channels]) };
      old.mean.data.forEach((_, k) => (old.mean.data[k] = k / 10 - 0.2));
      old.variance.data.forEach((_, k) => (old.variance.data[k] = 0.5 + k / 10));

      const { mean, squares, count } = momentsOf(x);
      const gain = parameters['n.gain']!;
      const bias = parameters['n.bias']!;
      const biased = squares.map((sum) => sum / count);
      const unbiased = squares.map((sum) => sum / Math.max(1, count - 1));
      const towards = (from: Float64Array, to: readonly number[]): number[] =>
        to.map((seen, k) => (1 - momentum) * (from[k] ?? NaN) + momentum * seen);

      const run = (training: boolean): [tf.Tensor, tf.Tensor, tf.Tensor] => {
        const result: Record<string, tf.Tensor> = tf.tidy(() => {
          const buffers = { 'n.runningMean': tensor(old.mean), 'n.runningVariance': tensor(old.variance) };
          const applied = target.apply(tensors(parameters), buffers, tensor(x), { training, masks: {} });
          return { output: applied.output, ...applied.buffers };
        });
        return [result['output']!, result['n.runningMean']!, result['n.runningVariance']!];
      };

      const [output, newMean, newVariance] = run(true).map(taken);
      // A float32 mean of few numbers can leave 1e-7 of spread, which 1/√epsilon makes visible.
      expect(distance(output!, normalize(x, mean, biased, epsilon, gain, bias))).toBeLessThan(1e-3);
      expect(distance(newMean!, grid([channels], towards(old.mean.data, mean)))).toBeLessThan(1e-5);
      expect(distance(newVariance!, grid([channels], towards(old.variance.data, unbiased)))).toBeLessThan(
        1e-5,
      );

      const [inferred, keptMean, keptVariance] = run(false).map(taken);
      const expected = normalize(x, old.mean.data, old.variance.data, epsilon, gain, bias);
      expect(distance(inferred!, expected)).toBeLessThan(1e-5);
      expect(distance(keptMean!, old.mean)).toBeLessThan(1e-7);
      expect(distance(keptVariance!, old.variance)).toBeLessThan(1e-7);
    }),
    { numRuns: 60 },
  );
});

test('the defaults are those of PyTorch: momentum 0.1, unbiased running variance', () => {
  const target = sequential({ input: [1], layers: [{ type: 'batchNorm', name: 'n' }] });
  const values = tf.tidy(() => {
    const parameters = { 'n.gain': tf.tensor1d([1]), 'n.bias': tf.tensor1d([0]) };
    const buffers = { 'n.runningMean': tf.tensor1d([0]), 'n.runningVariance': tf.tensor1d([1]) };
    const x = tf.tensor2d([1, 2, 3, 6], [4, 1]);
    const { output, buffers: next } = target.apply(parameters, buffers, x, { training: true, masks: {} });
    return [output, next['n.runningMean']!, next['n.runningVariance']!].map((value) =>
      Array.from(value.dataSync()),
    );
  });
  // torch.nn.BatchNorm1d(1) in training: mean 3, biased variance 3.5, unbiased 14/3.
  const [output, mean, variance] = values as [number[], number[], number[]];
  [-1.0690434, -0.5345217, 0, 1.6035652].forEach((value, i) => expect(output[i]).toBeCloseTo(value, 5));
  expect(mean[0]).toBeCloseTo(0.3, 6);
  expect(variance[0]).toBeCloseTo(0.9 + (0.1 * 14) / 3, 6);
});
