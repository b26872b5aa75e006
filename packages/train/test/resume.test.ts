// A run that is cut short anywhere and taken up again comes to the bits of one that is not.
import type { Part } from '@mapping-networks/core';
import { wasm } from '@mapping-networks/engine-eager';
import { onnx } from '@mapping-networks/engine-onnx';
import {
  adam,
  adamW,
  callback,
  clipByNorm,
  lookahead,
  rAdam,
  ranger,
  sgd,
  train,
  type TrainOptions,
} from '@mapping-networks/train';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { abortAt, crashAt, memoryStore, outcome, part } from './support/interrupted.ts';
import { smallNetwork } from './support/small-network.ts';
import { base } from './tiny-run.ts';
import { statefulTarget, weighted } from './tiny.ts';

// Test files share a process: the next one finds the backend it expects.
afterAll(async () => {
  await tf.setBackend('cpu');
});

/** Buffers, masks, noise, a trained weight of the loss. */
const everything: TrainOptions = {
  ...base,
  target: statefulTarget,
  loss: weighted,
  seed: 7,
  checkpointEvery: 2,
};

const expectSameAfterAborts = async (options: TrainOptions, steps: readonly number[]): Promise<void> => {
  const whole = outcome(await train(options));
  for (const step of steps) {
    const store = memoryStore();
    const first = await part(options, store, abortAt(step));
    expect(first).toMatchObject({ reason: 'aborted', steps: step });
    expect(store.latest()?.state.step).toBe(step);
    const second = await part(options, store);
    expect(second && outcome(second), `interrupted after step ${step}`).toEqual(whole);
  }
};

const every = (steps: number): readonly number[] => Array.from({ length: steps }, (_, i) => i + 1);

describe('an abort after any step, then a resume, gives the bits of the whole run', () => {
  it.each<[string, Part<'optimizer'>]>([
    ['adam', adam()],
    ['adamW', adamW()],
    ['sgd', sgd()],
    ['sgd with momentum', sgd({ momentum: 0.9, nesterov: true })],
    ['rAdam', rAdam()],
    ['ranger', ranger({ period: 2 })],
    ['lookahead', lookahead({ period: 3, optimizer: sgd({ momentum: 0.5 }) })],
    ['clipByNorm', clipByNorm({ maxNorm: 0.1, optimizer: adam() })],
  ])('with %s', async (_name, optimizer) => {
    await expectSameAfterAborts({ ...everything, optimizer }, every(9));
  });
});

describe('a network with all that a run can hold', () => {
  it.each<[string, TrainOptions['engine']]>([
    ['cpu', base.engine],
    ['wasm', wasm()],
    ['onnx', onnx({ threads: 2 })],
    ['onnx, one thread, that of JavaScript', onnx({ threads: 1, worker: false })],
  ])('comes to the same bits on %s', async (_name, engine) => {
    await expectSameAfterAborts({ ...smallNetwork, engine }, every(6));
  });

  it('is told from another run of it', async () => {
    const [one, other] = [await train(smallNetwork), await train({ ...smallNetwork, seed: 1 })];
    expect(outcome(one)).not.toEqual(outcome(other));
    expect(Object.keys(one.state.buffers)).not.toHaveLength(0);
    expect(Object.keys(one.state.loss)).not.toHaveLength(0);
  });
});

describe('an abort at another moment', () => {
  const during = (type: 'evaluate' | 'epoch' | 'checkpoint', nth: number): ReturnType<typeof abortAt> => {
    const controller = new AbortController();
    let seen = 0;
    const abort = callback({
      on: (event) => {
        if (event.type === type && ++seen === nth) controller.abort();
      },
    });
    return { signal: controller.signal, callbacks: [abort] };
  };

  it.each<[string, ReturnType<typeof abortAt>]>([
    ['after the validation of the first epoch', during('evaluate', 1)],
    ['after the validation of the last epoch', during('evaluate', 3)],
    ['when an epoch is told', during('epoch', 2)],
    ['when a checkpoint is told', during('checkpoint', 1)],
    ['between final scores', during('evaluate', 4)],
    ['before the first step', { signal: AbortSignal.abort() }],
  ])('%s', async (_name, way) => {
    const store = memoryStore();
    const first = await part(everything, store, way);
    expect(first?.reason).toBe('aborted');
    const second = await part(everything, store);
    expect(second && outcome(second)).toEqual(outcome(await train(everything)));
  });

  it('while a split is scored leaves the epoch open: its record is complete when it is written', async () => {
    const store = memoryStore();
    const first = await part(everything, store, during('evaluate', 1));
    expect(first).toMatchObject({ history: [], state: { step: 3, epoch: 0, position: 3 } });
  });
});

describe('crashes', () => {
  it('at any steps, any number of times, with any distance of checkpoints, change nothing', async () => {
    const whole = outcome(await train(everything));
    const steps = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.integer({ min: 0, max: 5 }),
        fc.boolean(),
        async (crashes, checkpointEvery, abort) => {
          const store = memoryStore();
          const options = { ...everything, checkpointEvery };
          for (const at of crashes) await part(options, store, abort ? abortAt(at) : crashAt(at));
          const last = await part(options, store);
          expect(last && outcome(last)).toEqual(whole);
        },
      ),
      { numRuns: 40, seed: 1 },
    );
  });

  it('after the last epoch leave only the scores to be taken', async () => {
    const store = memoryStore();
    const steps: number[] = [];
    const crash = callback({
      name: 'crash',
      on: (event) => {
        if (event.type === 'evaluate' && event.split === 'test') throw new Error('crash');
      },
    });
    const log = callback({ on: (event) => void (event.type === 'step' && steps.push(event.step)) });
    expect(await part(everything, store, { callbacks: [crash] })).toBeUndefined();
    const last = await part(everything, store, { callbacks: [log] });
    expect(steps).toEqual([]);
    expect(last && outcome(last)).toEqual(outcome(await train(everything)));
  });
});

describe('a resumed run', () => {
  it('says where it begins, and sums the seconds of its parts', async () => {
    const store = memoryStore();
    let time = 0;
    const now = (): number => (time += 1000);
    const first = await part({ ...everything, now }, store, abortAt(4));
    const starts: unknown[] = [];
    const log = callback({
      on: (event) => void (event.type === 'start' && starts.push(event.step, event.steps)),
    });
    const second = await part({ ...everything, now }, store, { callbacks: [log] });
    expect(starts).toEqual([4, 9]);
    expect(second?.seconds).toBeGreaterThan(first?.seconds ?? Infinity);
    expect(store.latest()?.seconds).toBeGreaterThan(first?.seconds ?? Infinity);
  });

  it('may go on elsewhere: engine, callbacks and what only ends or paces a run are free', async () => {
    const store = memoryStore();
    await part(everything, store, abortAt(4));
    const others = {
      engine: wasm(),
      checkpointEvery: 3,
      timeLimit: 1e6,
      patience: 50,
      evaluationBatchSize: 7,
    };
    const second = await part({ ...everything, ...others, trainScoreLimit: 5 }, store);
    expect(second?.steps).toBe(9);
  });

  it('leaves no tensor behind', async () => {
    await tf.setBackend('cpu');
    const before = tf.memory().numTensors;
    const store = memoryStore();
    await part(everything, store, abortAt(4));
    await part(everything, store);
    expect(tf.memory().numTensors).toBe(before);
  });
});
