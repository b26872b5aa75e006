// The trainer against the simplest thing that must be the same: a loop written out by hand; and what a run promises.
import * as tf from '@tensorflow/tfjs-core';
import { mapping, normal, permutation, randomKey, sizeOf, type Part, type TrainEvent } from '@mapping-networks/core';
import { cpu } from '@mapping-networks/engine-eager';
import { callback, clipByNorm, constant, evaluate, sgd, train, type TrainOptions } from '@mapping-networks/train';
import { describe, expect, it } from 'vitest';
import { recording } from './recording-engine.ts';
import { blobSplits, crossEntropy, dataset, identity, linearTarget, statefulTarget, weighted } from './tiny.ts';

const base: TrainOptions = {
  target: linearTarget,
  parameterization: identity(),
  loss: crossEntropy,
  dataset,
  engine: cpu(),
  batchSize: 16,
  epochs: 3,
};

const events = (): { readonly list: TrainEvent[]; readonly part: Part<'callback'> } => {
  const list: TrainEvent[] = [];
  return { list, part: callback({ on: (event) => void list.push(event) }) };
};

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
          const logits = [0, 1, 2].map((c) => (biases[c] ?? 0) + input.reduce((s, v, k) => s + v * (weights[3 * k + c] ?? 0), 0));
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
    const [first, again, other] = [await train(options), await train(options), await train({ ...options, seed: 6 })];
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
    await expect(train({ ...options, callbacks: [failing] })).rejects.toThrow();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('moves the weights of the loss with the rest, and clips all of them together', async () => {
    const optimizer = clipByNorm({ maxNorm: 1e-3, optimizer: sgd() });
    const { state } = await train({ ...base, loss: weighted, optimizer, schedule: constant(), learningRate: 1, epochs: 1 });
    const moved = [...Object.values(state.trainables), ...Object.values(state.loss)].flatMap(({ data }) => [...data]);
    expect(state.loss['w']?.data[0]).not.toBe(0);
    expect(Math.hypot(...moved)).toBeGreaterThan(0);
    expect(Math.hypot(...moved)).toBeLessThanOrEqual(3 * 1e-3 * 1.001);
  });

  it('leaves a trainable alone that nothing depends on', async () => {
    const { state, history } = await train({ ...base, parameterization: identity({ unused: true }) });
    expect(state.trainables['unused']?.data).toEqual(new Float32Array(2));
    expect(history.at(-1)?.objective).toBeLessThan(history[0]?.objective ?? 0);
  });
});

describe('what a step is fed', () => {
  it('is buffers that follow the batches', async () => {
    const { engine, steps } = recording(cpu());
    const { model } = await train({ ...base, engine, target: statefulTarget, epochs: 1 });
    const expected = [0.25, 0.25];
    for (const { 'batch.x': x, 'buffer.norm.mean': buffer } of steps) {
      expected.forEach((value, k) => expect(buffer?.data[k]).toBeCloseTo(value, 5));
      const means = [0, 1].map((k) => [...(x?.data ?? [])].reduce((sum, v, i) => sum + (i % 2 === k ? v : 0), 0) / 16);
      means.forEach((mean, k) => (expected[k] = 0.9 * (expected[k] ?? 0) + 0.1 * mean));
    }
    expected.forEach((value, k) => expect(model.buffers['norm.mean']?.data[k]).toBeCloseTo(value, 5));
  });

  it('is fresh dropout masks that keep the mean', async () => {
    const { engine, steps } = recording(cpu());
    await train({ ...base, engine, target: statefulTarget, epochs: 20 });
    const masks = steps.map((inputs) => inputs['mask.drop']);
    const values = masks.flatMap((mask) => [...(mask?.data ?? [])]);
    expect(masks[0]?.shape).toEqual([16, 2]);
    expect(new Set(values)).toEqual(new Set([0, Math.fround(1 / 0.6)]));
    // 1,920 draws: the standard error of the share is 0.011.
    expect(values.filter((value) => value === 0).length / values.length).toBeCloseTo(0.4, 1);
    expect(masks[0]).not.toEqual(masks[1]);
  });

  it('is standard normal noise in the shapes of the trainables, keyed by step and name', async () => {
    const { engine, steps } = recording(cpu());
    await train({ ...base, engine, loss: weighted, seed: 3 });
    steps.forEach((inputs, step) => {
      for (const [name, shape] of Object.entries({ 'fc.kernel': [2, 3], 'fc.bias': [3] })) {
        const data = normal(randomKey(3, 'train', 'noise', step, name), sizeOf(shape));
        expect(inputs[`noise.${name}`]).toEqual({ dtype: 'float32', shape, data });
      }
    });
  });

  it('is every example at most once an epoch, in another order each time', async () => {
    const { engine, steps } = recording(cpu());
    await train({ ...base, engine, epochs: 2 });
    const epochs = [steps.slice(0, 3), steps.slice(3)].map((epoch) => epoch.map((inputs) => [...(inputs['batch.x']?.data ?? [])].join()));
    const points = steps.slice(0, 3).flatMap((inputs) => {
      const data = inputs['batch.x']?.data ?? [];
      return Array.from({ length: 16 }, (_, i) => `${data[2 * i]} ${data[2 * i + 1]}`);
    });
    expect(new Set(points).size).toBe(48);
    expect(epochs[0]).not.toEqual(epochs[1]);
  });

  it('is the scheduled learning rate and the number of the step', async () => {
    const { engine, steps } = recording(cpu());
    const schedule: Part<'schedule'> = {
      kind: 'schedule',
      name: 'ramp',
      options: {},
      impl: { factor: (step, total) => step / total },
    };
    await train({ ...base, engine, schedule, learningRate: 0.5 });
    expect(steps.map((inputs) => inputs['step']?.data[0])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    steps.forEach((inputs, i) => expect(inputs['learningRate']?.data[0]).toBeCloseTo((0.5 * i) / 9, 6));
  });
});

describe('events and results', () => {
  it('come in order, with one test score at the end', async () => {
    const { list, part } = events();
    const result = await train({ ...base, epochs: 2, callbacks: [part] });
    const epoch = ['step', 'step', 'step', 'evaluate validation', 'epoch'];
    const shown = list.map((event) => (event.type === 'evaluate' ? `evaluate ${event.split}` : event.type));
    expect(shown).toEqual(['start', ...epoch, ...epoch, 'evaluate train', 'evaluate test', 'end']);
    expect(list[0]).toMatchObject({ steps: 6, epochs: 2, trainables: 9, targetParameters: 9 });
    expect(list.at(-1)).toEqual({ type: 'end', reason: 'completed' });
    expect(result.validation).toEqual(result.history.at(-1)?.validation);
    expect(result.model.metrics?.['test.accuracy']).toBe(result.test?.['accuracy']);
  });

  it('average what the steps said over the epoch', async () => {
    const { list, part } = events();
    const { history } = await train({ ...base, epochs: 1, callbacks: [part] });
    const steps = list.filter((event) => event.type === 'step');
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(history[0]?.objective).toBeCloseTo(mean(steps.map(({ loss }) => loss)), 10);
    expect(history[0]?.terms['task']).toBeCloseTo(mean(steps.map(({ loss }) => loss)), 10);
    expect(history[0]?.train['accuracy']).toBeCloseTo(mean(steps.map(({ metrics }) => metrics['accuracy'] ?? 0)), 10);
    expect(history[0]?.learningRate).toBe(steps.at(-1)?.learningRate);
  });

  it('score the final network as evaluate does, with a limit for train', async () => {
    const result = await train({ ...base, trainScoreLimit: 10, validateEvery: 0 });
    const { model, test, train: onTrain, history } = result;
    const scored = await evaluate({ model, split: blobSplits.test, loss: crossEntropy, engine: cpu() });
    expect(scored).toEqual(test);
    const first10 = { ...blobSplits.train, size: 10 };
    expect(await evaluate({ model, split: first10, loss: crossEntropy, engine: cpu() })).toEqual(onTrain);
    expect(history.every(({ validation }) => validation === undefined)).toBe(true);
    expect(result.validation).toBeDefined();
  });

  it('write every default out', async () => {
    const { engine, loss, target, parameterization } = base;
    const { settings, parts } = await train({ engine, loss, target, parameterization, dataset });
    expect(settings).toEqual({
      epochs: 4,
      batchSize: 50,
      learningRate: 0.1,
      seed: 0,
      validateEvery: 1,
      evaluationBatchSize: 256,
      trainScoreLimit: Number.POSITIVE_INFINITY,
    });
    expect([parts.optimizer, parts.schedule, ...parts.metrics].map(({ name }) => name)).toEqual(['adam', 'cosine', 'accuracy']);
  });
});
