// Each law of losses, metrics and schedules is broken once, on purpose.
import { lossLaws, metricLaws, scheduleLaws } from '@mapping-networks/conformance';
import {
  float32,
  type Loss,
  type LossContext,
  type LossValue,
  type Metric,
  type Part,
} from '@mapping-networks/core';
import { crossEntropy, mappingLoss } from '@mapping-networks/losses';
import { accuracy, cosine } from '@mapping-networks/train';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, test } from 'vitest';
import { expectBroken } from './broken/names.ts';

beforeAll(() => tf.setBackend('cpu'));

const changed = (part: Part<'loss'>, change: Partial<Loss>): Part<'loss'> => ({
  ...part,
  impl: { ...part.impl, ...change },
});

const total = (
  part: Part<'loss'>,
  change: (total: tf.Scalar, context: LossContext) => tf.Tensor,
): Part<'loss'> =>
  changed(part, {
    evaluate: (context): LossValue => {
      const value = part.impl.evaluate(context);
      return { ...value, total: change(value.total, context) as tf.Scalar };
    },
  });

const task = crossEntropy();
const trained = mappingLoss({ weighting: 'trainable' });
let calls = 0;

/** The value with twice its gradient. */
const doubled = (x: tf.Tensor): tf.Tensor =>
  tf.customGrad((value) => ({
    value: tf.clone(value as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => tf.mul(dy, 2),
  }))(x);

const batchMean = (output: tf.Tensor, labels: tf.Tensor): tf.Tensor1D => {
  const each = task.impl.perExample?.(output, labels) as tf.Tensor1D;
  return tf.sub(each, tf.mul(tf.mean(each), 0.5));
};

type Weights = Readonly<Record<string, number>>;

/** The trained loss, which tells its term weights in another way. */
const weighted = (change: (weights: Weights) => Weights): Part<'loss'> =>
  changed(trained, { termWeights: (own) => change(trained.impl.termWeights?.(own) ?? {}) });

/** What a plugin that is not checked by a compiler may hold. */
const untyped = (part: Part<'loss'>, change: object): Part<'loss'> => ({
  ...part,
  impl: { ...part.impl, ...change },
});

const finding = { code: 'lower case', message: '' };

const losses: readonly (readonly [string, Part<'loss'>, string])[] = [
  ['undeclared weights', changed(trained, { trainables: [] }), 'init gives exactly'],
  [
    'weights that are not a number',
    changed(trained, {
      init: () =>
        Object.fromEntries(
          Object.entries(trained.impl.init()).map(([name, { shape, data }]) => [
            name,
            float32(
              Float32Array.from(data, () => Number.NaN),
              shape,
            ),
          ]),
        ),
    }),
    'init gives exactly',
  ],
  ['a vector', total(task, (value) => tf.reshape(value, [1])), 'finite scalars'],
  [
    'no terms',
    changed(task, { evaluate: (context) => ({ ...task.impl.evaluate(context), terms: {} }) }),
    'finite scalars',
  ],
  ['state', total(task, (value) => tf.add(value, calls++)), 'the same inputs'],
  ['a wrong gradient', total(task, (value) => doubled(value)), 'gradient in the trainables'],
  ['a kept tensor', total(task, (value) => tf.keep(value)), 'no tensor is kept'],
  [
    'one loss for the batch',
    changed(task, {
      perExample: (output, labels) =>
        tf.reshape(tf.mean(task.impl.perExample?.(output, labels) as tf.Tensor), [1]),
    }),
    'one finite loss',
  ],
  ['examples that see each other', changed(task, { perExample: batchMean }), 'does not depend on the others'],
  ['a sum instead of a mean', total(task, (value) => tf.mul(value, 6)), 'mean of perExample'],
  ['findings without code', changed(task, { check: () => [finding] }), 'findings have'],
  [
    'weights that collapse at once',
    changed(task, { diagnose: () => [{ code: 'X', message: 'gone' }] }),
    'fresh weights',
  ],
  ['a weight for no term', changed(trained, { termWeights: () => ({ task: 1 }) }), 'one for each term'],
  [
    'term weights that are no number',
    changed(trained, {
      termWeights: () => ({ crossEntropy: 1, stability: Number.NaN, smoothness: 1, alignment: 1 }),
    }),
    'one for each term',
  ],
  ['term weights that are no function', untyped(trained, { termWeights: { task: 1 } }), 'every member'],
  [
    'term weights as they were at the start',
    changed(trained, { termWeights: () => trained.impl.termWeights?.(trained.impl.init()) ?? {} }),
    'derivatives of the total',
  ],
  [
    'logarithms of term weights',
    weighted((weights) =>
      Object.fromEntries(Object.entries(weights).map(([name, w]) => [name, Math.log(w)])),
    ),
    'derivatives of the total',
  ],
  [
    'a term weight that is off',
    weighted((weights) => ({ ...weights, smoothness: 0.2 })),
    'derivatives of the total',
  ],
  [
    'a task without its weight',
    weighted((weights) => ({ ...weights, crossEntropy: 0 })),
    'derivatives of the total',
  ],
  ['term weights with state', weighted((weights) => ({ ...weights, alignment: calls++ })), 'weights alone'],
  [
    'term weights that change the weights',
    changed(trained, {
      termWeights: (weights) => {
        for (const { data } of Object.values(weights)) data.fill(0);
        return trained.impl.termWeights?.(weights) ?? {};
      },
    }),
    'change nothing',
  ],
  [
    'term weights on tensors that stay',
    weighted((weights) => [weights, tf.keep(tf.scalar(1))][0] as typeof weights),
    'change nothing',
  ],
  [
    'a regulariser that is not required',
    total(task, (value, { regularizer }) => tf.add(value, regularizer('smoothness'))),
    'finite scalars',
  ],
];

describe('the suite of losses rejects', () => {
  test.each(losses)('%s', async (_name, part, fragment) => {
    await expectBroken(lossLaws(part), fragment);
  });
});

const metric = (change: Partial<Metric>): Part<'metric'> => ({
  ...accuracy(),
  impl: { ...accuracy().impl, ...change },
});
const { perExample } = accuracy().impl;

describe('the suite of metrics rejects', () => {
  test.each<[string, Part<'metric'>, string]>([
    [
      'a mean',
      metric({ perExample: (y, l) => tf.reshape(tf.mean(perExample(y, l)), [1]) }),
      'one finite score',
    ],
    ['NaN', metric({ perExample: (y, l) => tf.div(perExample(y, l), 0) }), 'one finite score'],
    [
      'examples that see each other',
      metric({ perExample: (y, l) => tf.add(perExample(y, l), tf.sum(y)) }),
      'does not depend',
    ],
    ['the wrong direction', metric({ better: 'lower' }), 'perfect outputs'],
    ['a kept tensor', metric({ perExample: (y, l) => tf.keep(perExample(y, l)) }), 'no tensor is kept'],
  ])('%s', async (_name, part, fragment) => {
    await expectBroken(metricLaws(part), fragment);
  });
});

const schedule = (factor: (step: number, steps: number) => number): Part<'schedule'> => ({
  ...cosine(),
  impl: { factor },
});

describe('the suite of schedules rejects', () => {
  test.each<[string, Part<'schedule'>, string]>([
    ['a learning rate instead of a factor', schedule(() => 3), 'lies in [0, 1]'],
    ['a negative factor', schedule((step) => 1 - step), 'lies in [0, 1]'],
    [
      'a division by zero in short runs',
      schedule((step, steps) => step / (steps - 1)),
      '1 steps: the factor is finite',
    ],
    ['nothing but zeros', schedule(() => 0), 'lies in [0, 1]'],
    ['a low peak', schedule(() => 0.5), 'the peak is reached'],
    ['state', schedule(() => 1 / (1 + calls++)), 'in any order'],
  ])('%s', async (_name, part, fragment) => {
    await expectBroken(scheduleLaws(part), fragment);
  });
});
