// Each law of optimizers is broken once, on purpose.
import { optimizerLaws } from '@mapping-networks/conformance';
import type { Optimizer, Part } from '@mapping-networks/core';
import { adam, sgd } from '@mapping-networks/train';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectBroken } from './broken/names.ts';

beforeAll(() => tf.setBackend('cpu'));

let calls = 0;

const optimizer = (change: (base: Optimizer) => Partial<Optimizer>): Part<'optimizer'> => ({
  ...adam(),
  impl: { ...adam().impl, ...change(adam().impl) },
});

const updates = (change: (update: tf.Tensor, name: string) => tf.Tensor): Part<'optimizer'> =>
  optimizer(({ update }) => ({
    update: (...args) => {
      const result = update(...args);
      const entries = Object.entries(result.updates).map(
        ([name, value]) => [name, change(value, name)] as const,
      );
      return { ...result, updates: Object.fromEntries(entries) };
    },
  }));

const byOrder: Optimizer['update'] = (gradients, state, context) => {
  const result = adam().impl.update(gradients, state, context);
  const entries = Object.entries(result.updates).map(
    ([name, value], i) => [name, tf.mul(value, i + 1)] as const,
  );
  return { ...result, updates: Object.fromEntries(entries) };
};

describe('the suite of optimizers rejects', () => {
  test.each<[string, Part<'optimizer'>, string]>([
    [
      'tensors at init',
      optimizer(({ init }) => ({
        init: (specs) => [init(specs), tf.scalar(1)][0] as ReturnType<Optimizer['init']>,
      })),
      'init makes',
    ],
    [
      'a missing update',
      optimizer(({ update }) => ({ update: (...args) => ({ ...update(...args), updates: {} }) })),
      'update for each trainable',
    ],
    [
      'a state that is lost',
      optimizer(({ update }) => ({ update: (...args) => ({ ...update(...args), state: {} }) })),
      'the state again',
    ],
    ['a state of its own', updates((update) => tf.mul(update, 1 + calls++)), 'the same inputs'],
    ['names by position', optimizer(() => ({ update: byOrder })), 'the order of names'],
    ['updates at rate 0', updates((update) => tf.add(update, 0.001)), 'at learning rate 0'],
    [
      'a division by a gradient of zero',
      optimizer(() => ({
        update: (g, s, c) => ({
          state: s,
          updates: Object.fromEntries(
            Object.entries(g).map(([name, value]) => [
              name,
              tf.mul(tf.neg(tf.div(value, tf.abs(value))), c.learningRate),
            ]),
          ),
        }),
        init: () => ({}),
      })),
      'zero gradients',
    ],
    ['an overflow', updates((update) => tf.mul(tf.mul(update, 1e30), 1e30)), 'huge gradients'],
    ['the wrong sign', updates((update) => tf.neg(update)), 'bottom of a parabola'],
    ['a kept tensor', updates((update) => tf.keep(update)), 'no tensor is kept'],
  ])('%s', async (_name, part, fragment) => {
    await expectBroken(optimizerLaws(part), fragment);
  });

  test('but not a small rate that was asked for', async () => {
    for (const { check } of optimizerLaws(sgd(), { learningRate: 0.02 })) await check();
    expect(optimizerLaws(sgd())).not.toHaveLength(0);
  });
});
