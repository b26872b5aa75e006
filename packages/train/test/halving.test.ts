// What a run does about numbers that are not finite: it ends, or it goes back and halves its learning rate. Either way
// no such number is ever saved, and an interruption in between changes nothing.
import type { Loss, Optimizer, Part, Split, TrainEvent } from '@mapping-networks/core';
import { callback, constant, sgd, train, type TrainOptions } from '@mapping-networks/train';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { abortAt, crashAt, memoryStore, outcome, part } from './support/interrupted.ts';
import { base } from './tiny-run.ts';
import { blobSplits, crossEntropy, datasetOf, lossLike, statefulTarget } from './tiny.ts';

/** Cross-entropy and a spring that keeps logits short; no value where they are longer than `most`: large steps fall. */
const cliff = (most: number): Part<'loss'> => {
  const perExample: Loss['perExample'] = (output, labels) => {
    // The root of a negative number is none; otherwise nothing is added, and no gradient.
    const length = tf.sum(tf.square(output), -1);
    const held = tf.add(crossEntropy.impl.perExample?.(output, labels) ?? 0, tf.mul(length, 0.05));
    return tf.add(held, tf.mul(tf.sqrt(tf.sub(most ** 2, length)), 0));
  };
  const evaluate: Loss['evaluate'] = ({ output, labels }) => {
    const total = tf.mean<tf.Scalar>(perExample(output, labels));
    return { total, terms: { task: total } };
  };
  return lossLike({ evaluate, perExample });
};

const steep: TrainOptions = {
  ...base,
  target: statefulTarget,
  loss: cliff(6),
  optimizer: sgd(),
  schedule: constant(),
  learningRate: 8,
  epochs: 4,
  checkpointEvery: 2,
  onNan: 'halve-lr',
};

const eventsOf = async (options: TrainOptions): Promise<readonly TrainEvent[]> => {
  const events: TrainEvent[] = [];
  await train({ ...options, callbacks: [callback({ on: (event) => void events.push(event) })] });
  return events;
};

describe("onNan: 'stop'", () => {
  it('ends the run, with the last good checkpoint in place', async () => {
    const store = memoryStore();
    const run = train({ ...steep, onNan: 'stop', checkpointEvery: 1, checkpoints: store });
    await expect(run).rejects.toMatchObject({ code: 'TRAIN_NON_FINITE_LOSS' });
    const cause: unknown = await run.catch((error: unknown) => error);
    const step = Number(/at step (\d+)/.exec(String(cause))?.[1]);
    expect(step).toBeGreaterThan(1);
    expect(store.latest()?.state.step).toBe(step - 1);
  });

  it('ends the run when the loss is finite and the state is not: TRAIN_NON_FINITE_STATE', async () => {
    const store = memoryStore();
    const optimizer = leaking(5);
    const run = train({ ...base, optimizer, checkpointEvery: 1, checkpoints: store });
    await expect(run).rejects.toMatchObject({ code: 'TRAIN_NON_FINITE_STATE' });
    await expect(run).rejects.toThrow(/After step 5 .*'optimizer\.memory' holds/);
    expect(store.latest()?.state.step).toBe(4);
  });

  it.each([
    ['at an abort', 5],
    ['at the end of an epoch', 6],
  ])('does not save such a state %s', async (_name, step) => {
    const store = memoryStore();
    const options = { ...base, optimizer: leaking(5), checkpointEvery: 0 };
    await part(options, store, abortAt(step)).catch(() => {});
    expect(store.latest()?.state.step).toBe(3);
  });
});

/** Gradient descent with a memory that nothing depends on, and that is no number from a step on. */
const leaking = (step: number): Part<'optimizer'> => {
  const impl: Optimizer = {
    init: () => ({ memory: { dtype: 'float32', shape: [], data: Float32Array.of(0) } }),
    update: (gradients, _state, context) => ({
      updates: Object.fromEntries(Object.entries(gradients).map(([name, g]) => [name, tf.mul(g, -0.1)])),
      state: { memory: tf.sqrt(tf.sub(step - 0.5, context.step)) },
    }),
  };
  return { kind: 'optimizer', name: 'leaking', options: {}, impl };
};

describe("onNan: 'halve-lr'", () => {
  it('goes back to the last regular place, says so, and gets on with half the learning rate', async () => {
    const events = await eventsOf(steep);
    const told = events.filter((event) => event.type === 'warning');
    expect(told.length).toBeGreaterThan(1);
    expect(new Set(told.map(({ code }) => code))).toEqual(new Set(['TRAIN_ROLLED_BACK']));
    expect(told[0]?.message).toMatch(
      /the loss is NaN at step \d+: back to step \d+, on with half the learning rate, 4$/,
    );
    const rates = new Set(events.flatMap((event) => (event.type === 'step' ? [event.learningRate] : [])));
    expect([...rates]).toEqual(Array.from({ length: told.length + 1 }, (_, i) => 8 / 2 ** i));
    for (const [i, event] of events.entries()) {
      if (event.type !== 'warning') continue;
      const back = Number(/back to step (\d+)/.exec(event.message)?.[1]);
      const next = events.slice(i).find((each) => each.type === 'step');
      expect(next?.step).toBe(back + 1);
      expect(back % 2 === 0 || back % 3 === 0).toBe(true);
    }
  });

  it('ends as a run with that learning rate does, when the first steps already fall', async () => {
    const { warnings, state, history } = await train({
      ...steep,
      checkpointEvery: 0,
      epochs: 1,
      learningRate: 16,
    });
    expect(warnings.length).toBeGreaterThan(1);
    const learningRate = 16 * state.learningRateScale;
    const direct = await train({ ...steep, onNan: 'stop', epochs: 1, learningRate });
    expect(state.trainables).toEqual(direct.state.trainables);
    expect(history[0]?.learningRate).toBe(learningRate);
  });

  it('goes back when a state is not finite, too', async () => {
    const hot = leakingAbove(0.3);
    const { warnings, reason } = await train({
      ...steep,
      loss: crossEntropy,
      optimizer: hot,
      learningRate: 1,
    });
    expect(reason).toBe('completed');
    expect(warnings[0]?.message).toMatch(/^'optimizer\.memory' is not finite after step 2: back to step 0,/);
    expect(warnings).toHaveLength(2);
  });

  it.each([
    ['TRAIN_NON_FINITE_LOSS', { loss: cliff(0), epochs: 1 }],
    ['TRAIN_NON_FINITE_STATE', { loss: crossEntropy, optimizer: leaking(2), epochs: 1 }],
  ])('gives up after ten halvings: %s', async (code, options) => {
    const told: unknown[] = [];
    const log = callback({ on: (event) => void (event.type === 'warning' && told.push(event.message)) });
    const run = train({ ...steep, ...options, callbacks: [log] });
    await expect(run).rejects.toMatchObject({ code });
    expect(told).toHaveLength(10);
  });

  it('goes back when validation has no finite loss, and gives up as well', async () => {
    const { validation } = blobSplits;
    const batch: Split['batch'] = (indices) => {
      const { x, ...others } = validation.batch(indices);
      return { ...others, x: x.map(() => Number.NaN) };
    };
    const dataset = datasetOf({ ...blobSplits, validation: { ...validation, batch } });
    const told: string[] = [];
    const log = callback({ on: (event) => void (event.type === 'warning' && told.push(event.message)) });
    const options = { ...steep, loss: crossEntropy, learningRate: 1, dataset, callbacks: [log] };
    const run = train(options);
    await expect(run).rejects.toMatchObject({ code: 'TRAIN_NON_FINITE_LOSS' });
    await expect(run).rejects.toThrow(
      /The loss on validation is NaN after step 3 with learning rate 0\.000977/,
    );
    expect(told).toHaveLength(10);
    expect(told[0]).toMatch(/^the loss on validation is NaN after step 3: back to step 2,/);
    // Without halving it is a score like any other.
    expect((await train({ ...options, onNan: 'stop' })).reason).toBe('completed');
  });

  it('comes to the same bits, wherever it is interrupted, more than once', async () => {
    const options = steep;
    const whole = outcome(await train(options));
    const way = fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 12 }));
    await fc.assert(
      fc.asyncProperty(fc.array(way, { minLength: 1, maxLength: 4 }), async (ways) => {
        const store = memoryStore();
        for (const [abort, step] of ways) await part(options, store, abort ? abortAt(step) : crashAt(step));
        const last = await part(options, store);
        expect(last && outcome(last)).toEqual(whole);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('keeps where it would go back to in a checkpoint between two places', async () => {
    const store = memoryStore();
    await part({ ...steep, checkpointEvery: 0 }, store, abortAt(2));
    expect(store.latest()).toMatchObject({ state: { step: 2 }, rollback: { step: 0 } });
    const other = memoryStore();
    await part({ ...steep, onNan: 'stop', checkpointEvery: 0 }, other, abortAt(1));
    expect(other.latest()).not.toHaveProperty('rollback');
  });
});

/** Gradient descent with a memory that overflows while the learning rate is above `most`. */
const leakingAbove = (most: number): Part<'optimizer'> => ({
  ...leaking(0),
  impl: {
    init: () => ({ memory: { dtype: 'float32', shape: [], data: Float32Array.of(0) } }),
    update: (gradients, _state, { learningRate }) => ({
      updates: Object.fromEntries(Object.entries(gradients).map(([name, g]) => [name, tf.mul(g, -0.1)])),
      state: { memory: tf.where(tf.greater(learningRate, most), tf.scalar(Infinity), tf.scalar(0)) },
    }),
  },
});
