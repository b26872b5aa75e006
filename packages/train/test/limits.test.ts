// Ways to end before the last epoch, and which network is the result then.
import type { Metric, Part } from '@mapping-networks/core';
import { callback, train, type TrainOptions } from '@mapping-networks/train';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { bestEpoch, criterionOf, outOfPatience } from '../src/run/best-epoch.ts';
import { abortAt, memoryStore, outcome, part, stateBits } from './support/interrupted.ts';
import { base } from './tiny-run.ts';
import { blobSplits, datasetOf } from './tiny.ts';

/** A metric whose average on validation is given, evaluation by evaluation: 21 examples, in one batch. */
const scripted = (scores: readonly number[], better: Metric['better'] = 'higher'): Part<'metric'> => {
  let evaluations = 0;
  return {
    kind: 'metric',
    name: 'scripted',
    options: {},
    impl: {
      better,
      perExample: (output) => {
        const isValidation = output.shape[0] === 21;
        const score = isValidation ? (scores[evaluations++] ?? 0) : 0;
        return tf.fill([output.shape[0] ?? 0], score);
      },
    },
  };
};

/** Validation is the largest split here, so that it is told by the size of its batch. */
const dataset = datasetOf({ ...blobSplits, test: { ...blobSplits.test, size: 20 } });
const options: TrainOptions = { ...base, dataset, evaluationBatchSize: 21, trainScoreLimit: 0, epochs: 8 };

describe('patience', () => {
  it.each<[string, readonly number[], Metric['better'], number, number]>([
    ['ends the run that many epochs after the best', [0.5, 0.7, 0.6, 0.7, 0.1], 'higher', 2, 4],
    ['waits for a score that is better, not as good', [0.5, 0.5, 0.5], 'higher', 1, 2],
    ['goes by the direction of the metric', [3, 2, 2.5, 2.6, 1], 'lower', 2, 4],
    ['counts a score that is not a number as none', [Number.NaN, Number.NaN, 0.1], 'higher', 2, 2],
  ])('%s', async (_name, scores, better, patience, epochs) => {
    const result = await train({ ...options, metrics: [scripted(scores, better)], patience });
    expect(result).toMatchObject({ reason: 'patience', steps: 3 * epochs });
    expect(result.history).toHaveLength(epochs);
    expect(result.test?.loss).toBeGreaterThan(0);
  });

  it('does not end a run that gets better, and is no reason in the last epoch', async () => {
    const better = [1, 2, 3, 4, 5, 6, 7, 8];
    expect((await train({ ...options, metrics: [scripted(better)], patience: 1 })).reason).toBe('completed');
    const late = [1, 2, 3, 4, 5, 6, 7, 7];
    expect((await train({ ...options, metrics: [scripted(late)], patience: 1 })).reason).toBe('completed');
  });

  it('counts epochs, not validations, and goes by the loss where there is no metric', async () => {
    const seen = await train({
      ...options,
      metrics: [scripted([2, 1, 1, 1])],
      validateEvery: 2,
      patience: 3,
    });
    expect(seen).toMatchObject({ reason: 'patience', state: { epoch: 6 } });
    const history = [3, 2, 2.5].map((loss, i) => ({
      epoch: i + 1,
      learningRate: 1,
      objective: 1,
      terms: {},
      train: { loss: 1 },
      validation: { loss },
      seconds: 1,
    }));
    expect(bestEpoch(history, criterionOf([]))).toBe(2);
    expect(outOfPatience(history, criterionOf([]), { patience: 1 })).toBe(true);
    expect(outOfPatience(history, criterionOf([]), { patience: 2 })).toBe(false);
    expect(outOfPatience([], criterionOf([]), { patience: 1 })).toBe(false);
  });

  it('survives an interruption: the epochs before it count', async () => {
    const store = memoryStore();
    const scores = [0.5, 0.4, 0.3, 0.2];
    const metric = scripted(scores);
    const first = await part({ ...options, metrics: [metric], patience: 3 }, store, abortAt(8));
    expect(first?.reason).toBe('aborted');
    const second = await part({ ...options, metrics: [metric], patience: 3 }, store);
    expect(second).toMatchObject({ reason: 'patience', steps: 12 });
  });
});

describe('timeLimit', () => {
  const clock = (perCall: number): (() => number) => {
    let time = 0;
    return () => (time += perCall);
  };
  /** A clock that stands still, but for a second at each step. */
  const stepping = (): { readonly now: () => number; readonly tick: Part<'callback'> } => {
    let time = 0;
    const tick = callback({ on: ({ type }) => void (type === 'step' && (time += 1000)) });
    return { now: () => time, tick };
  };

  it('ends the run after the step being done, with final scores', async () => {
    const { now, tick } = stepping();
    const result = await train({ ...base, now, callbacks: [tick], timeLimit: 4 });
    expect(result).toMatchObject({ reason: 'time-limit', steps: 4, seconds: 4 });
    expect(result.test).toBeDefined();
  });

  it('goes on with the seconds of the parts before', async () => {
    const store = memoryStore();
    const limited = { ...base, timeLimit: 5 };
    const { now, tick } = stepping();
    const { signal, callbacks: abort = [] } = abortAt(3);
    await part({ ...limited, now }, store, { ...(signal && { signal }), callbacks: [tick, ...abort] });
    const next = stepping();
    const second = await part({ ...limited, now: next.now }, store, { callbacks: [next.tick] });
    expect(second).toMatchObject({ reason: 'time-limit', steps: 5, seconds: 5 });
  });

  it('is no reason where the run is done', async () => {
    expect((await train({ ...base, now: clock(1), timeLimit: 1000 })).reason).toBe('completed');
  });

  it('leaves a checkpoint that a longer limit takes up', async () => {
    const store = memoryStore();
    const whole = outcome(await train(base));
    const { now, tick } = stepping();
    const first = await part({ ...base, now, timeLimit: 4 }, store, { callbacks: [tick] });
    expect(first?.reason).toBe('time-limit');
    const same = await part({ ...base, timeLimit: 4 }, store);
    expect(same).toMatchObject({ reason: 'time-limit', steps: 4 });
    const last = await part(base, store);
    expect(last && outcome(last)).toEqual(whole);
  });
});

describe('restoreBest', () => {
  const metric = (): Part<'metric'> => scripted([0.5, 0.9, 0.6, 0.7]);
  const run: TrainOptions = { ...options, epochs: 4, restoreBest: true };

  it('makes the network of the best epoch the result', async () => {
    const result = await train({ ...run, metrics: [metric()] });
    const states: unknown[] = [];
    const store = {
      save: async () => {},
      saveBest: async ({ state }: { state: typeof result.state }) => void states.push(stateBits(state)),
    };
    const plain = await train({ ...run, restoreBest: false, metrics: [metric()], checkpoints: store });
    expect(result).toMatchObject({
      reason: 'completed',
      steps: 12,
      restoredEpoch: 2,
      state: { epoch: 2, step: 6 },
    });
    expect(states).toHaveLength(2);
    expect(stateBits(result.state)).toEqual(states[1]);
    expect(result.model.trainables).toBe(result.state.trainables);
    expect(result.model.trainables).not.toEqual(plain.model.trainables);
    expect(result.validation).toEqual(result.history[1]?.validation);
    expect(plain).not.toHaveProperty('restoredEpoch');
    expect(plain.state.step).toBe(12);
  });

  it('remembers it over interruptions, and with patience', async () => {
    const whole = outcome(await train({ ...run, epochs: 8, patience: 2, metrics: [metric()] }));
    for (const step of [2, 6, 7, 11]) {
      const store = memoryStore();
      const same = metric();
      const options = { ...run, epochs: 8, patience: 2, metrics: [same] };
      await part(options, store, abortAt(step));
      const last = await part(options, store);
      expect(last && outcome(last)).toEqual(whole);
    }
  });

  it('leaves an aborted run where it is', async () => {
    const result = await part({ ...run, metrics: [metric()] }, memoryStore(), abortAt(10));
    expect(result).toMatchObject({ reason: 'aborted', state: { step: 10 } });
    expect(result).not.toHaveProperty('restoredEpoch');
  });

  it('has nothing to restore before the first epoch is done', async () => {
    const stop = callback({ on: ({ type }) => (type === 'step' ? 'stop' : undefined) });
    const result = await train({ ...run, metrics: [metric()], callbacks: [stop] });
    expect(result).toMatchObject({ reason: 'stopped', state: { step: 1 } });
  });
});

describe('checkpoints', () => {
  it('are saved at regular places, at the end of epochs and at a stop, each once', async () => {
    const saved: string[] = [];
    const log = callback({
      on: (event) => {
        if (event.type === 'checkpoint') saved.push(`${event.kind} ${event.step}`);
        return event.type === 'step' && event.step === 8 ? 'stop' : undefined;
      },
    });
    const metrics = [scripted([0.2, 0.1, 0.3])];
    const store = memoryStore();
    await train({ ...options, metrics, checkpointEvery: 2, checkpoints: store, callbacks: [log] });
    expect(saved).toEqual(['latest 2', 'latest 3', 'best 3', 'latest 4', 'latest 6', 'latest 8']);
    expect(store.files).toHaveLength(5);
    expect(store.bests).toHaveLength(1);
  });

  it('are told after they are durable', async () => {
    const order: string[] = [];
    const store = {
      save: async () => void order.push('saved'),
      saveBest: async () => void order.push('saved'),
    };
    const log = callback({ on: ({ type }) => void (type === 'checkpoint' && order.push('told')) });
    await train({ ...base, epochs: 2, checkpoints: store, callbacks: [log] });
    expect(order.length).toBeGreaterThan(4);
    order.forEach((word, i) => expect(word).toBe(i % 2 === 0 ? 'saved' : 'told'));
  });

  it('that cannot be saved end the run with the error of the store', async () => {
    const full = { save: () => Promise.reject(new Error('no space')), saveBest: async () => {} };
    await expect(train({ ...base, checkpoints: full })).rejects.toThrow('no space');
  });
});

describe('what waits for a validation that never comes is refused: TRAIN_INVALID_OPTION', () => {
  it.each<[object, RegExp]>([
    [
      { patience: 2, validateEvery: 0 },
      /'patience': expected 'none' where validateEvery is 0, got 2\. Set validateEvery/,
    ],
    [
      { restoreBest: true, validateEvery: 0 },
      /'restoreBest': expected false where validateEvery is 0, got true/,
    ],
    [{ patience: 0 }, /'patience'/],
    [{ patience: 1.5 }, /'patience'/],
    [{ timeLimit: 0 }, /'timeLimit'/],
    [{ timeLimit: Number.NaN }, /'timeLimit'/],
    [{ onNan: 'ignore' }, /'onNan'/],
    [{ checkpointEvery: -1 }, /'checkpointEvery'/],
  ])('%j', async (wrong, message) => {
    const run = train({ ...base, ...wrong });
    await expect(run).rejects.toMatchObject({ code: 'TRAIN_INVALID_OPTION' });
    await expect(run).rejects.toThrow(message);
  });

  it.each<[object, RegExp]>([
    [{ checkpoints: 'folder' }, /'checkpoints': expected a store .*, got "folder"/],
    [{ checkpoints: { save: () => {} } }, /'checkpoints': expected a store/],
    [{ checkpoints: null }, /'checkpoints'/],
    [{ resume: 'folder' }, /'resume': expected a checkpoint, .*, got "folder"/],
    [{ resume: {} }, /'resume'/],
    [{ now: 0 }, /'now': expected a function/],
  ])('and so is what would be found out late: %j', async (wrong, message) => {
    const run = train({ ...base, ...wrong });
    await expect(run).rejects.toMatchObject({ code: 'TRAIN_INVALID_OPTION' });
    await expect(run).rejects.toThrow(message);
  });

  it('and so is an empty validation split: TRAIN_EMPTY_SPLIT', async () => {
    const empty = datasetOf({ ...blobSplits, validation: { ...blobSplits.validation, size: 0 } });
    await expect(train({ ...base, dataset: empty, patience: 1 })).rejects.toMatchObject({
      code: 'TRAIN_EMPTY_SPLIT',
      remedy: 'Give the dataset a larger share for it, or leave out patience.',
    });
    await expect(train({ ...base, dataset: empty, restoreBest: true })).rejects.toThrow(
      'The validation split has no examples, and restoreBest goes by its scores.',
    );
    const both = { patience: 1, restoreBest: true };
    await expect(train({ ...base, ...both, dataset: empty })).rejects.toThrow(
      /patience and restoreBest go by/,
    );
  });

  it('but one that nothing waits for is left out', async () => {
    const empty = datasetOf({ ...blobSplits, validation: { ...blobSplits.validation, size: 0 } });
    const { validation, test, history, model, reason } = await train({ ...base, dataset: empty });
    expect(reason).toBe('completed');
    expect([validation, ...history.map((epoch) => epoch.validation)].filter(Boolean)).toEqual([]);
    expect(test?.loss).toBeGreaterThan(0);
    expect(Object.keys(model.metrics ?? {}).filter((name) => name.startsWith('validation'))).toEqual([]);
  });
});
