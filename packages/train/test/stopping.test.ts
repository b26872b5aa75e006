// How a run ends before its end, and what is found wrong before it begins.
import {
  mapping,
  type DatasetSplits,
  type Optimizer,
  type Part,
  type TrainEvent,
} from '@mapping-networks/core';
import { callback, train, type TrainOptions } from '@mapping-networks/train';
import { describe, expect, it } from 'vitest';
import { base } from './tiny-run.ts';
import { blobSplits, datasetOf, exploding, lossLike } from './tiny.ts';

const onStep = (step: number, act: () => 'stop' | void): NonNullable<TrainOptions['callbacks']> => [
  callback({ on: (event) => (event.type === 'step' && event.step === step ? act() : undefined) }),
];

const code = (expected: string): object => expect.objectContaining({ code: expected });

describe('a run ends early', () => {
  it('after the step in which it was aborted, without final scores', async () => {
    const controller = new AbortController();
    const types: string[] = [];
    const log = callback({ on: ({ type }) => void types.push(type) });
    const callbacks = [log, ...onStep(4, () => controller.abort())];
    const result = await train({ ...base, callbacks, signal: controller.signal });
    expect(result).toMatchObject({ reason: 'aborted', steps: 4, state: { step: 4, epoch: 1, position: 1 } });
    expect(result.history).toHaveLength(1);
    expect(result).not.toHaveProperty('test');
    expect(result).not.toHaveProperty('gap');
    expect(types.slice(-2)).toEqual(['step', 'end']);
  });

  it('by a timer, which an engine that computes at once does not let through', async () => {
    const soon = (): { readonly signal: AbortSignal } => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 100);
      return { signal: controller.signal };
    };
    const long = await train({ ...base, epochs: 1_000_000, validateEvery: 0, ...soon() });
    expect(long.reason).toBe('aborted');
    // A validation that would take hours.
    const { validation } = blobSplits;
    const first = (indices: ArrayLike<number>): Int32Array => new Int32Array(indices.length);
    const endless = { ...validation, size: 1e9, batch: (i: Int32Array) => validation.batch(first(i)) };
    const dataset = datasetOf({ ...blobSplits, validation: endless });
    const result = await train({ ...base, dataset, ...soon() });
    expect(result).toMatchObject({ reason: 'aborted', history: [] });
  });

  it('before its first step when it was aborted before', async () => {
    const result = await train({ ...base, signal: AbortSignal.abort() });
    expect(result).toMatchObject({ reason: 'aborted', steps: 0, history: [] });
  });

  it('while it is scored', async () => {
    const controller = new AbortController();
    const abort = callback({
      on: (event) => void (event.type === 'evaluate' && event.split === 'train' && controller.abort()),
    });
    const result = await train({ ...base, callbacks: [abort], signal: controller.signal });
    expect(result).toMatchObject({ reason: 'aborted', steps: 9 });
    expect(result).not.toHaveProperty('test');
  });

  it('after the step in which a callback asks for it, with final scores', async () => {
    const result = await train({ ...base, callbacks: onStep(5, () => 'stop') });
    expect(result).toMatchObject({ reason: 'stopped', steps: 5 });
    expect(result.test?.loss).toBeLessThan(Math.log(3));
    const free = await train({
      ...base,
      epochs: 1,
      schedule: { kind: 'schedule', name: 'x', options: {}, impl: { factor: () => 1 } },
    });
    expect(free.reason).toBe('completed');
  });

  it('after the epoch in which a callback asks for it', async () => {
    const stop = callback({ on: async (event) => (event.type === 'epoch' ? 'stop' : undefined) });
    const result = await train({ ...base, callbacks: [stop] });
    expect(result).toMatchObject({ reason: 'stopped', steps: 3, state: { epoch: 1, position: 0 } });
    expect(result.validation).toEqual(result.history[0]?.validation);
  });

  it('with an error that names the callback which failed', async () => {
    const failing = callback({
      name: 'saver',
      on: ({ type }) => {
        if (type === 'epoch') throw new RangeError('disk full');
      },
    });
    const cause = new RangeError('disk full');
    await expect(train({ ...base, callbacks: [failing] })).rejects.toEqual(code('TRAIN_CALLBACK_FAILED'));
    await expect(train({ ...base, callbacks: [failing] })).rejects.toMatchObject({ cause });
    await expect(train({ ...base, callbacks: [failing] })).rejects.toThrow(/'saver'.*'epoch'.*disk full/);
  });

  it('with advice when the loss is not finite any more', async () => {
    const run = train({ ...base, optimizer: exploding(), learningRate: 0.2 });
    await expect(run).rejects.toEqual(code('TRAIN_NON_FINITE_LOSS'));
    await expect(run).rejects.toThrow(/step 3 .*Try a learning rate of 0\.0/);
  });
});

describe('warnings of the loss', () => {
  it('are told once each, before and while training', async () => {
    const warnings: TrainEvent[] = [];
    const log = callback({ on: (event) => void (event.type === 'warning' && warnings.push(event)) });
    let epoch = 0;
    const loss = lossLike({
      check: (map) =>
        ['a', 'b'].map((term) => ({ code: 'DEMO_CHECK', message: `${map.space.size} ${term}` })),
      diagnose: () => [{ code: 'DEMO_COLLAPSED', message: `weight 1e-${++epoch}` }],
    });
    const result = await train({ ...base, loss, callbacks: [log] });
    expect(result.warnings.map(({ message }) => message)).toEqual(['9 a', '9 b', 'weight 1e-1']);
    expect(warnings).toEqual(result.warnings.map((warning) => ({ type: 'warning', ...warning })));
    expect(epoch).toBe(3);
  });
});

describe('regularisers', () => {
  it('reach the loss with their constants', async () => {
    const parameterization = mapping({ latentDim: 4, modulation: { type: 'additive', alpha: 0.5 } });
    const loss = lossLike({
      requires: { noise: false, regularizers: ['smoothness', 'alignment'] },
      evaluate: ({ regularizer }) => {
        const smoothness = regularizer('smoothness');
        return { total: smoothness, terms: { smoothness, alignment: regularizer('alignment') } };
      },
    });
    const { history } = await train({ ...base, parameterization, loss, epochs: 10 });
    expect(history[0]?.terms['alignment']).toBeGreaterThan(0);
    expect(history[0]?.terms['smoothness']).toBe(history[0]?.objective);
    expect(history.at(-1)?.objective).toBeLessThan(history[0]?.objective ?? 0);
  });

  it('that the parameterization has not are refused', async () => {
    const loss = lossLike({ requires: { noise: false, regularizers: ['smoothness'] } });
    await expect(train({ ...base, loss })).rejects.toEqual(code('TRAIN_MISSING_REGULARIZER'));
  });
});

describe('what cannot work is said before the first step', () => {
  const withInfo = (info: Partial<DatasetSplits['info']>): TrainOptions['dataset'] =>
    datasetOf({ ...blobSplits, info: { ...blobSplits.info, ...info } });
  const empty = datasetOf({ ...blobSplits, train: { ...blobSplits.train, size: 0 } });
  // @ts-expect-error a plugin is not a part: it must be called
  const uncalled: TrainOptions = { ...base, parameterization: mapping };

  // @ts-expect-error a name that is no option
  const misspelt: TrainOptions = { ...base, epochz: 2 };

  it.each<[string, TrainOptions]>([
    ['TRAIN_INPUT_SHAPE', { ...base, dataset: withInfo({ inputShape: [3] }) }],
    ['TRAIN_TOO_FEW_OUTPUTS', { ...base, dataset: withInfo({ classes: ['a', 'b', 'c', 'd'] }) }],
    ['TRAIN_EMPTY_SPLIT', { ...base, dataset: empty }],
    ['TRAIN_INVALID_PART', uncalled],
    ['TRAIN_UNKNOWN_OPTION', misspelt],
    ['TRAIN_INVALID_OPTION', { ...base, epochs: 0 }],
    ['TRAIN_INVALID_OPTION', { ...base, learningRate: -1 }],
    ['TRAIN_INVALID_OPTION', { ...base, seed: 0.5 }],
  ])('%s', async (expected, options) => {
    await expect(train(options)).rejects.toEqual(code(expected));
  });

  it('names option and value', async () => {
    await expect(train({ ...base, batchSize: 0 })).rejects.toThrow(/'batchSize'.*got 0/);
    await expect(train(uncalled)).rejects.toThrow(/'parameterization'.*got the plugin 'mapping', not called/);
    await expect(train(misspelt)).rejects.toThrow(/'epochz'.*Did you mean 'epochs'/);
  });

  it('takes images flat where the target is flat', async () => {
    const result = await train({ ...base, dataset: withInfo({ inputShape: [2, 1] }), epochs: 1 });
    expect(result.steps).toBe(3);
  });
});

it('an optimizer without an update for a trainable is told which', async () => {
  const update: Optimizer['update'] = (_gradients, state) => ({ updates: {}, state });
  const optimizer: Part<'optimizer'> = {
    kind: 'optimizer',
    name: 'idle',
    options: {},
    impl: { init: () => ({}), update },
  };
  await expect(train({ ...base, optimizer })).rejects.toEqual(code('TRAIN_MISSING_ENTRY'));
});
