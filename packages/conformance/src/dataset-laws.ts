// The law suite of datasets.
import {
  childKey,
  randomKey,
  sizeOf,
  type Batch,
  type DatasetInfo,
  type DatasetSplits,
  type Part,
  type Split,
} from '@mapping-networks/core';
import { expectClose, expectFinite, expectLength, expectSameBits } from './checks/arrays.ts';
import { withMembers } from './checks/members.ts';
import { sampled } from './checks/random-arrays.ts';
import { expectNoTensors } from './checks/tensors.ts';
import { locationLaws } from './dataset/location-laws.ts';
import { aboveLimit, wrongValue } from './errors.ts';
import { law, type Law } from './law.ts';

/** The seed by which `datasetLaws` picks examples and augments them. */
export interface DatasetLawOptions {
  /** Seed of the examples looked at. Default 0. */
  readonly seed?: number;
}

const SPLITS = ['train', 'validation', 'test'] as const;

/**
 * What every dataset must keep: info that loading confirms; splits with examples; batches of the declared shapes and
 * label range, finite; the same bits for the same indices, in any order and company; augmentation that is a function
 * of its key; splits that do not share examples; no tensors. Where it tells the location of its files, they are there once
 * it has loaded. Loads the data once.
 *
 * @example
 * ```ts
 * import { datasetLaws } from '@mapping-networks/conformance';
 * import { glyphs } from '@mapping-networks/datasets';
 * console.log(datasetLaws(glyphs({ train: 100, validation: 20, test: 20 })).map(({ name }) => name));
 * ```
 */
export const datasetLaws = (
  { impl }: Part<'dataset'>,
  { seed = 0 }: DatasetLawOptions = {},
): readonly Law[] => {
  const loading: Promise<DatasetSplits>[] = [];
  const load = (): Promise<DatasetSplits> => (loading[0] ??= impl.load());
  return withMembers(
    'the dataset',
    () => impl,
    { info: 'object', load: 'function', locate: 'function?' },
    () => [
      law('loading confirms the info, without tensors', async () => {
        const pending = expectNoTensors('load', load);
        const { info } = await pending;
        const [expected, received] = [impl.info, info].map((value) => JSON.stringify(value));
        if (received !== expected)
          throw wrongValue('info after loading', impl.info, info, 'Know it before loading.');
        expectInfo(info);
      }),
      ...SPLITS.flatMap((name) => splitLaws(name, impl.info, async () => (await load())[name], seed)),
      ...locationLaws(impl, load),
      law('splits do not share examples', async () => {
        const splits = await load();
        const train = fingerprints(splits.train, seed, 400);
        for (const name of ['validation', 'test'] as const) {
          if (splits[name].size === 0) continue;
          const others = fingerprints(splits[name], seed, 400);
          const shared = others.filter((print) => train.includes(print)).length / others.length;
          // Real data sets do hold a few examples twice.
          if (shared > 0.05)
            throw aboveLimit(
              `share of ${name} examples that are in train`,
              0.05,
              shared,
              'Split before anything else.',
            );
        }
      }),
    ],
  );
};

const expectInfo = ({ inputShape, task, classes, normalization }: DatasetInfo): void => {
  const whole = inputShape.every((side) => Number.isSafeInteger(side) && side > 0);
  if (!whole)
    throw wrongValue('inputShape', 'whole sides of at least 1', inputShape, 'Leave out the batch dimension.');
  const named = task === 'classification' ? classes.length >= 2 : classes.length === 0;
  if (!named)
    throw wrongValue(
      'classes',
      'two or more for classification, none for regression',
      classes,
      'Name each class.',
    );
  const { scale, mean, std } = normalization;
  expectFinite('normalization', [scale, mean, std, 1 / scale, 1 / std]);
};

const indicesOf = ({ size }: Split, seed: number, count = 12): number[] =>
  sampled(count, size, seed, 'examples');

const exampleOf = ({ x, size }: Batch, i: number): Float32Array =>
  x.subarray((i * x.length) / size, ((i + 1) * x.length) / size);

const fingerprints = (split: Split, seed: number, count: number): string[] => {
  const indices = indicesOf(split, seed, count);
  const batch = split.batch(indices);
  return indices.map((_, i) => exampleOf(batch, i).join());
};

const splitLaws = (
  name: (typeof SPLITS)[number],
  { inputShape, task, classes }: DatasetInfo,
  load: () => Promise<Split>,
  seed: number,
): readonly Law[] => {
  /** A law about examples; of a validation split that holds none, nothing is to be said. */
  const about = (title: string, check: (split: Split) => void): Law =>
    law(`${name}: ${title}`, async () => {
      const split = await load();
      if (name === 'validation' && split.size === 0) return;
      if (!(split.size > 0))
        throw wrongValue(`size of ${name}`, 'at least 1', split.size, 'Give each split some examples.');
      check(split);
    });
  return [
    about('batches have the declared shape, finite numbers and labels in range', (split) => {
      const indices = indicesOf(split, seed);
      const { size, x, y } = split.batch([...indices, split.size - 1]);
      if (size !== indices.length + 1)
        throw wrongValue('size of the batch', indices.length + 1, size, 'Give what is asked for.');
      expectLength('x', x, size * sizeOf(inputShape));
      expectFinite('x', x);
      expectLength('y', y, size);
      expectLabels(y, task, classes.length);
    }),
    about('an index is always the same example', (split) => {
      const indices = indicesOf(split, seed);
      const [batch, turned] = [split.batch(indices), split.batch(indices.toReversed())];
      expectSameBits('x', split.batch(indices).x, batch.x);
      indices.forEach((index, i) => {
        const alone = split.batch([index]);
        expectSameBits(`x of example ${index} alone`, alone.x, exampleOf(batch, i));
        expectSameBits(
          `x of example ${index} in turned order`,
          exampleOf(turned, indices.length - 1 - i),
          exampleOf(batch, i),
        );
        expectSameBits(`y of example ${index} alone`, alone.y, [batch.y[i] ?? Number.NaN]);
      });
    }),
    about("batches are the caller's own", (split) => {
      const indices = indicesOf(split, seed);
      const expected = split.batch(indices).x.slice();
      split.batch(indices).x.fill(42);
      expectSameBits('x after a change of another batch', split.batch(indices).x, expected);
    }),
    about('augmentation is a function of its key, and keeps labels', (split) => {
      const indices = indicesOf(split, seed);
      const key = randomKey(seed, 'conformance', 'augment');
      const [batch, again] = [split.batch(indices, key), split.batch(indices, key)];
      expectSameBits('x', again.x, batch.x);
      expectSameBits('y', batch.y, split.batch(indices).y);
      expectLength('x', batch.x, split.batch(indices).x.length);
      expectFinite('x', batch.x);
      const plain = split.batch(indices).x;
      const augments = batch.x.some((value, i) => value !== plain[i]);
      const other = split.batch(indices, childKey(key, 'other')).x;
      if (augments && other.every((value, i) => value === batch.x[i])) {
        throw wrongValue(
          'x under another key',
          'other numbers',
          'the same',
          'Draw what is random from the key.',
        );
      }
    }),
  ];
};

const expectLabels = (y: Batch['y'], task: DatasetInfo['task'], classes: number): void => {
  if (task === 'regression') return expectFinite('y', y);
  if (!(y instanceof Int32Array))
    throw wrongValue('y', 'an Int32Array of class indices', y.constructor.name, 'Store indices.');
  expectClose(
    'y, as far as it lies in range',
    y,
    y.map((label) => Math.min(Math.max(label, 0), classes - 1)),
    0,
  );
};
