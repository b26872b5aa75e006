// The trainer against the simplest thing that must be the same: a loop written out by hand; and what a run promises.
import * as tf from '@tensorflow/tfjs-core';
import { mapping, permutation, randomKey } from '@mapping-networks/core';
import { wasm } from '@mapping-networks/engine-eager';
import { callback, clipByNorm, constant, sgd, train } from '@mapping-networks/train';
import { afterAll, describe, expect, it } from 'vitest';
import { base } from './tiny-run.ts';
import { blobSplits, identity, statefulTarget, weighted } from './tiny.ts';

// Test files share a process: the next one finds the backend it expects.
afterAll(async () => {
  await tf.setBackend('cpu');
});

describe('train', () => {
  it('gives the numbers of a hand-written float64 loop', async () => {
    const seed = 11;
    const result = await train({ ...base, seed, optimizer: sgd(), schedule: constant(), learningRate: 0.3 });
    const weights = new Float64Array(6);
    const biases = new Float64Array(3);
    const { train: split } = blobSplits;
    for (let epoch = 0; epoch < 3; epoch++) {
      const order = permutation(randomKey(seed, 'train', 'order', epoch), split.size);
      for (let start = 0; start + 16 <= split.size; start += 16) {
        const { x, y } = split.batch(order.subarray(start, start + 16));
        const [dWeights, dBiases] = [new Float64Array(6), new Float64Array(3)];
        for (let i = 0; i < 16; i++) {
          const input = [x[2 * i] ?? 0, x[2 * i + 1] ?? 0];
          const logits = [0, 1, 2].map(
            (c) => (biases[c] ?? 0) + input.reduce((s, v, k) => s + v * (weights[3 * k + c] ?? 0), 0),
          );
          const sum = logits.reduce((s, logit) => s + Math.exp(logit), 0);
          for (let c = 0; c < 3; c++) {
            const error = (Math.exp(logits[c] ?? 0) / sum - (y[i] === c ? 1 : 0)) / 16;
            dBiases[c] = (dBiases[c] ?? 0) + error;
            input.forEach((v, k) => (dWeights[3 * k + c] = (dWeights[3 * k + c] ?? 0) + error * v));
          }
        }
        dWeights.forEach((d, i) => (weights[i] = (weights[i] ?? 0) - 0.3 * d));
        dBiases.forEach((d, i) => (biases[i] = (biases[i] ?? 0) - 0.3 * d));
      }
    }
    expect(result.steps).toBe(9);
    const { trainables } = result.model;
    weights.forEach((weight, i) => expect(trainables['fc.kernel']?.data[i]).toBeCloseTo(weight, 5));
    biases.forEach((value, i) => expect(trainables['fc.bias']?.data[i]).toBeCloseTo(value, 5));
  });

  it('learns: the loss falls, the classes are found', async () => {
    const { history, test, train: onTrain, gap } = await train({ ...base, epochs: 15 });
    expect(history).toHaveLength(15);
    expect(history.at(-1)?.objective).toBeLessThan(0.5 * (history[0]?.objective ?? 0));
    expect(test?.['accuracy']).toBeGreaterThan(0.9);
    expect(gap).toBeCloseTo((onTrain?.['accuracy'] ?? 0) - (test?.['accuracy'] ?? 0), 12);
  });

  it('trains a mapping with its own learning rate', async () => {
    const parameterization = mapping({ latentDim: 5 });
    const { settings, history } = await train({ ...base, parameterization, epochs: 20 });
    expect(settings.learningRate).toBe(parameterization.impl.learningRate);
    expect(history.at(-1)?.objective).toBeLessThan(history[0]?.objective ?? 0);
  });

  it('gives the same bits for the same seed, others for another', async () => {
    const options = { ...base, target: statefulTarget, loss: weighted, seed: 5 };
    const [first, again, other] = [
      await train(options),
      await train(options),
      await train({ ...options, seed: 6 }),
    ];
    expect(again.state).toEqual(first.state);
    expect(again.test).toEqual(first.test);
    expect(other.state.trainables).not.toEqual(first.state.trainables);
  });

  it('leaves no tensor behind, whether it ends, stops or fails', async () => {
    const before = tf.memory().numTensors;
    const options = { ...base, target: statefulTarget, loss: weighted };
    await train(options);
    await train({ ...options, callbacks: [callback({ on: () => 'stop' })] });
    const failing = callback({
      on: ({ type }) => {
        if (type === 'step') throw new Error('no');
      },
    });
    await expect(train({ ...options, callbacks: [failing] })).rejects.toThrow(/'callback' failed/);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('moves the weights of the loss with the rest, and clips all of them together', async () => {
    const optimizer = clipByNorm({ maxNorm: 1e-3, optimizer: sgd() });
    const { state } = await train({
      ...base,
      loss: weighted,
      optimizer,
      schedule: constant(),
      learningRate: 1,
      epochs: 1,
    });
    const moved = [...Object.values(state.trainables), ...Object.values(state.loss)].flatMap(({ data }) => [
      ...data,
    ]);
    expect(state.loss['w']?.data[0]).not.toBe(0);
    expect(Math.hypot(...moved)).toBeGreaterThan(0);
    expect(Math.hypot(...moved)).toBeLessThanOrEqual(3 * 1e-3 * 1.001);
  });

  it('gives the same bits again on wasm, and nearly those of cpu', async () => {
    const options = { ...base, target: statefulTarget, loss: weighted };
    const [onCpu, onWasm, again] = [
      await train(options),
      await train({ ...options, engine: wasm() }),
      await train({ ...options, engine: wasm() }),
    ];
    expect(again.state).toEqual(onWasm.state);
    for (const [name, { data }] of Object.entries(onCpu.state.trainables)) {
      data.forEach((value, i) => expect(onWasm.state.trainables[name]?.data[i]).toBeCloseTo(value, 4));
    }
  });

  it('leaves a trainable alone that nothing depends on', async () => {
    const { state, history } = await train({ ...base, parameterization: identity({ unused: true }) });
    expect(state.trainables['unused']?.data).toEqual(new Float32Array(2));
    expect(history.at(-1)?.objective).toBeLessThan(history[0]?.objective ?? 0);
  });
});
