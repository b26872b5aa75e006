// Training steps as `train` takes them, host work included: a callback holds the run back between two turns, and the
// time of a step is what passes from one event to the next.
import { direct, mapping, type Part } from '@mapping-networks/core';
import { mappingLoss } from '@mapping-networks/losses';
import { adam, callback, train } from '@mapping-networks/train';
import type { Exercise } from '../contestants.ts';
import { watched } from '../engines.ts';
import { datasetOf, networkOf, type Network } from '../networks.ts';
import type { Prepared } from './prepared.ts';

const BATCHES = 32;

type Training = Extract<Exercise, { type: 'training' }>;

const partsOf = ({ parameterization, loss }: Training, { latentDim, loss: task }: Network) => ({
  parameterization: parameterization === 'direct' ? direct() : mapping({ latentDim }),
  loss: loss === 'mapping' ? mappingLoss({ task }) : task,
});

/** A turn: so many steps, and whom to tell. */
interface Turn {
  readonly count: number;
  readonly done: (times: readonly number[]) => void;
}

interface Gate {
  /** At the end of a step; resolves when the next one may begin. */
  readonly passed: () => Promise<void> | undefined;
  readonly run: Prepared['run'];
}

/** Lets steps through turn by turn. */
const gate = (first: Turn): Gate => {
  let turn: Turn = first;
  let times: number[] = [];
  let start = performance.now();
  let open: (() => void) | undefined;
  return {
    passed: () => {
      const now = performance.now();
      times.push(now - start);
      start = now;
      if (times.length < turn.count) return undefined;
      turn.done(times);
      return new Promise((resolve) => {
        open = resolve;
      });
    },
    run: (count) =>
      new Promise((done) => {
        turn = { count, done };
        times = [];
        start = performance.now();
        open?.();
      }),
  };
};

/** Takes the first step of a run that goes on as long as the process. */
export const prepareTraining = async (exercise: Training, engine: Part<'engine'>): Promise<Prepared> => {
  const network = networkOf(exercise.network);
  const { target, batchSize } = network;
  const dataset = datasetOf(network, BATCHES * batchSize);
  const splits = await dataset.impl.load();
  const observed = watched(engine);
  const parts = partsOf(exercise, network);
  return new Promise((resolve, reject) => {
    const { passed, run } = gate({
      count: 1,
      done: ([firstMs = Number.NaN]) => resolve({ firstMs, threads: observed.session()?.threads, run }),
    });
    const ended = train({
      target,
      ...parts,
      dataset,
      splits,
      engine: observed.engine,
      optimizer: adam(), // as in python/worker.py
      callbacks: [callback({ on: ({ type }) => (type === 'step' ? passed() : undefined) })],
      epochs: 1_000_000,
      batchSize,
      // Random labels are learnt by nothing; a small rate keeps all numbers finite for as long as it takes.
      learningRate: 1e-4,
      validateEvery: 0,
    });
    ended.catch(reject);
  });
};
