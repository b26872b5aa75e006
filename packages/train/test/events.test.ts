// What a run tells while it goes on, and what it leaves behind.
import type { Part, TrainEvent } from '@mapping-networks/core';
import { cpu } from '@mapping-networks/engine-eager';
import { callback, evaluate, train } from '@mapping-networks/train';
import { describe, expect, it } from 'vitest';
import { base } from './tiny-run.ts';
import { blobSplits, crossEntropy, dataset, weighted } from './tiny.ts';

const events = (): { readonly list: TrainEvent[]; readonly part: Part<'callback'> } => {
  const list: TrainEvent[] = [];
  return { list, part: callback({ on: (event) => void list.push(event) }) };
};

describe('events and results', () => {
  it('come in order, with one test score at the end', async () => {
    const { list, part } = events();
    const result = await train({ ...base, epochs: 2, callbacks: [part] });
    const epoch = ['step', 'step', 'step', 'evaluate validation', 'epoch'];
    const shown = list.map((event) => (event.type === 'evaluate' ? `evaluate ${event.split}` : event.type));
    expect(shown).toEqual(['start', ...epoch, ...epoch, 'evaluate train', 'evaluate test', 'end']);
    expect(list[0]).toMatchObject({ step: 0, steps: 6, epochs: 2, trainables: 9, targetParameters: 9 });
    expect(list.at(-1)).toEqual({ type: 'end', reason: 'completed' });
    expect(result.validation).toEqual(result.history.at(-1)?.validation);
    expect(result.model.metrics?.['test.accuracy']).toBe(result.test?.['accuracy']);
  });

  it('average what the steps said over the epoch', async () => {
    const { list, part } = events();
    const { history } = await train({ ...base, epochs: 1, callbacks: [part] });
    const steps = list.filter((event) => event.type === 'step');
    const mean = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(history[0]?.objective).toBeCloseTo(mean(steps.map(({ loss }) => loss)), 10);
    expect(history[0]?.terms['task']).toBeCloseTo(mean(steps.map(({ loss }) => loss)), 10);
    expect(history[0]?.train['accuracy']).toBeCloseTo(
      mean(steps.map(({ metrics }) => metrics['accuracy'] ?? 0)),
      10,
    );
    expect(history[0]?.learningRate).toBe(steps.at(-1)?.learningRate);
  });

  it('show each step with its terms and its trainables, which stay as they are', async () => {
    const { list, part } = events();
    const { state, history } = await train({ ...base, loss: weighted, callbacks: [part] });
    const steps = list.filter((event) => event.type === 'step');
    const w = steps.map(({ loss, terms }) =>
      Math.log((loss - (terms['task'] ?? 0)) / (terms['stability'] ?? 0)),
    );
    // total = task + exp(w)·stability − w, with w = 0 at first.
    expect(w[0]).toBeCloseTo(0, 3);
    for (const { terms } of steps) expect(Object.keys(terms)).toEqual(['task', 'stability']);
    const kernels = steps.map(({ trainables }) => trainables['fc.kernel']?.data.join());
    expect(new Set(kernels).size).toBe(9);
    expect(steps.at(-1)?.trainables).toEqual(state.trainables);
    expect(history[0]).not.toHaveProperty('weights');
  });

  it('have the weights of the terms at the end of each epoch, where the loss tells them', async () => {
    const loss: typeof weighted = {
      ...weighted,
      impl: { ...weighted.impl, termWeights: ({ w }) => ({ task: 1, stability: Math.exp(w?.data[0] ?? 0) }) },
    };
    const store: number[] = [];
    const log = callback({
      on: (event) => void (event.type === 'epoch' && store.push(event.record.weights?.['stability'] ?? 0)),
    });
    const { state, history } = await train({ ...base, loss, callbacks: [log] });
    expect(store).toHaveLength(3);
    expect(store.at(-1)).toBe(Math.exp(state.loss['w']?.data[0] ?? 0));
    expect(new Set(store).size).toBe(3);
    expect(history.map(({ weights }) => weights?.['task'])).toEqual([1, 1, 1]);
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
      trainScoreLimit: 'all',
      checkpointEvery: 100,
      onNan: 'stop',
      patience: 'none',
      timeLimit: 'none',
      restoreBest: false,
    });
    expect([parts.optimizer, parts.schedule, ...parts.metrics].map(({ name }) => name)).toEqual([
      'adamW',
      'cosine',
      'accuracy',
    ]);
  });
});
