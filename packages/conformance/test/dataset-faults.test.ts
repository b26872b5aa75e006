// Each law of datasets is broken once, on purpose.
import { datasetLaws } from '@mapping-networks/conformance';
import type { Dataset, DatasetSplits, Part, Split } from '@mapping-networks/core';
import { glyphs } from '@mapping-networks/datasets';
import { describe, test } from 'vitest';
import { expectBroken } from './broken/names.ts';

let calls = 0;

const glyphPart = glyphs({ train: 60, validation: 20, test: 20 });

const dataset = (
  change: Partial<Dataset> | ((splits: DatasetSplits) => Partial<DatasetSplits>),
): Part<'dataset'> => {
  const load: Dataset['load'] = async () => {
    const splits = await glyphPart.impl.load();
    return typeof change === 'function' ? { ...splits, ...change(splits) } : splits;
  };
  return { ...glyphPart, impl: { ...glyphPart.impl, load, ...(typeof change === 'function' ? {} : change) } };
};

const train = (change: (split: Split) => Partial<Split>): Part<'dataset'> =>
  dataset(({ train }) => ({ train: { ...train, ...change(train) } }));

describe('the suite of datasets rejects', () => {
  test.each<[string, Part<'dataset'>, string]>([
    [
      'other info after loading',
      dataset(({ info }) => ({ info: { ...info, title: 'other' } })),
      'confirms the info',
    ],
    ['an empty split', dataset(({ test }) => ({ test: { ...test, size: 0 } })), 'test: batches have'],
    [
      'a size that is no number',
      dataset(({ validation }) => ({ validation: { ...validation, size: Number.NaN } })),
      'validation: batches have',
    ],
    ['a batch of another size', train(({ batch }) => ({ batch: () => batch([0]) })), 'train: batches have'],
    [
      'NaN',
      train(({ batch }) => ({
        batch: (indices) => ({ ...batch(indices), x: batch(indices).x.fill(Number.NaN) }),
      })),
      'train: batches have',
    ],
    [
      'a label too high',
      train(({ batch }) => ({
        batch: (indices) => ({ ...batch(indices), y: new Int32Array(indices.length).fill(10) }),
      })),
      'labels in range',
    ],
    [
      'labels that are no indices',
      train(({ batch }) => ({
        batch: (indices) => ({ ...batch(indices), y: new Float32Array(indices.length) }),
      })),
      'labels in range',
    ],
    [
      'examples by position',
      train(({ batch }) => ({ batch: (indices) => batch(Int32Array.from(indices, (_, i) => i)) })),
      'an index is always',
    ],
    ['a buffer that is used again', train(({ batch }) => ({ batch: cached(batch) })), "the caller's own"],
    [
      'augmentation without a key',
      train(({ batch }) => ({ batch: (indices, key) => (key ? noisy(batch(indices)) : batch(indices)) })),
      'a function of its key',
    ],
    [
      'augmentation of labels',
      train(({ batch }) => ({
        batch: (indices, key) =>
          key ? { ...batch(indices), y: new Int32Array(indices.length).fill(11) } : batch(indices),
      })),
      'keeps labels',
    ],
    ['a test split out of train', dataset(({ train }) => ({ test: train })), 'do not share'],
  ])('%s', async (_name, part, fragment) => {
    await expectBroken(datasetLaws(part), fragment);
  });
});

const cached = (batch: Split['batch']): Split['batch'] => {
  const kept = new Map<string, ReturnType<Split['batch']>>();
  return (indices) => {
    const key = Array.from(indices).join();
    const made = kept.get(key) ?? batch(indices);
    kept.set(key, made);
    return made;
  };
};

const noisy = (made: ReturnType<Split['batch']>): ReturnType<Split['batch']> => ({
  ...made,
  x: made.x.map((value) => value + calls++),
});
