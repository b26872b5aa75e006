// A checkpoint is taken up by the run that it belongs to, and by no other: what is different is named.
import { float32 } from '@mapping-networks/core';
import { train, type RunState, type TrainOptions } from '@mapping-networks/train';
import { describe, expect, it } from 'vitest';
import { abortAt, memoryStore, part } from './support/interrupted.ts';
import { base } from './tiny-run.ts';
import { blobSplits, datasetOf, statefulTarget, weighted } from './tiny.ts';

const options: TrainOptions = { ...base, target: statefulTarget, loss: weighted, checkpointEvery: 2 };

describe('a checkpoint of another run: TRAIN_FOREIGN_CHECKPOINT', () => {
  const others: readonly [string, TrainOptions, RegExp][] = [
    ['seed', { ...options, seed: 1 }, /settings\.seed is 0 there, 1 here/],
    ['epochs', { ...options, epochs: 4 }, /settings\.epochs is 3 there, 4 here/],
    ['learning rate', { ...options, learningRate: 0.2 }, /settings\.learningRate is 0\.1 there, 0\.2 here/],
    ['target', { ...options, target: base.target }, /target\.use is "stateful" there, "linear" here/],
    [
      'loss',
      { ...options, loss: { ...weighted, options: { lambda: 2 } } },
      /loss\.lambda is not given there, 2 here/,
    ],
    ['metrics', { ...options, metrics: [] }, /metrics\.0 is .*accuracy.* there, not given here/],
    [
      'sizes',
      { ...options, dataset: datasetOf({ ...blobSplits, test: { ...blobSplits.test, size: 9 } }) },
      /dataset\.test is 23 there, 9 here/,
    ],
    [
      'examples',
      {
        ...options,
        dataset: datasetOf({
          ...blobSplits,
          train: {
            ...blobSplits.train,
            batch: (i, key) => {
              const batch = blobSplits.train.batch(i, key);
              return { ...batch, x: batch.x.map((value) => value + 1) };
            },
          },
        }),
      },
      /dataset\.examples/,
    ],
    [
      'places to go back to',
      { ...options, onNan: 'halve-lr' },
      /settings\.onNan is "stop" there, "halve-lr" here/,
    ],
  ];

  it.each(others)('%s', async (_name, other, message) => {
    const ours = memoryStore();
    await part(options, ours, abortAt(4));
    const resume = ours.latest();
    if (!resume) throw new Error('nothing was saved');
    const run = train({ ...other, resume });
    await expect(run).rejects.toMatchObject({ code: 'TRAIN_FOREIGN_CHECKPOINT' });
    await expect(run).rejects.toThrow(message);
  });

  it('whose parts have the same names and options, but other arrays, or which stands elsewhere', async () => {
    const ours = memoryStore();
    await part(options, ours, abortAt(4));
    const resume = ours.latest();
    if (!resume) throw new Error('nothing was saved');
    const { state } = resume;
    const { w: _w, ...without } = state.loss;
    const wrong: readonly [Partial<RunState>, RegExp][] = [
      [{ loss: without }, /array 'loss\.w' is not given there, "float32 \[\]" here/],
      [{ loss: { w: float32(new Float32Array(2)) } }, /array 'loss\.w' is "float32 \[2\]" there/],
      [
        { buffers: { ...state.buffers, other: float32(new Float32Array(1)) } },
        /array 'buffers\.other' is .* not given here/,
      ],
      [{ step: 5 }, /it stands at step 5, epoch 1, batch 1/],
      [{ position: 7, step: 10 }, /it stands at step 10, epoch 1, batch 7/],
    ];
    for (const [changes, message] of wrong) {
      const run = train({ ...options, resume: { ...resume, state: { ...state, ...changes } } });
      await expect(run).rejects.toMatchObject({ code: 'TRAIN_FOREIGN_CHECKPOINT' });
      await expect(run).rejects.toThrow(message);
    }
  });
});
