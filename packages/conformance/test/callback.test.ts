// Callbacks that keep all laws, and each law broken once, on purpose.
import { callbackLaws } from '@mapping-networks/conformance';
import type { Callback, Part, TrainEvent } from '@mapping-networks/core';
import { callback } from '@mapping-networks/train';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { expectBroken } from './broken/names.ts';

beforeAll(() => tf.setBackend('cpu'));

/** Counts the epochs of a run and stops after the second. */
const stopAfterTwo = (): Part<'callback'> => {
  let epochs = 0;
  return callback({
    on: async ({ type }) => {
      if (type === 'start') epochs = 0;
      if (type === 'epoch') epochs++;
      return Promise.resolve(epochs >= 2 && type === 'epoch' ? 'stop' : undefined);
    },
  });
};

/** Forgets what it has counted only where a run begins at its first step. */
const stopAtSeventhStep = (): Callback['on'] => {
  let steps = 0;
  return (event) => {
    if (event.type === 'start' && event.step === 0) steps = 0;
    if (event.type === 'step') steps++;
    return event.type === 'step' && steps === 7 ? 'stop' : undefined;
  };
};

describe.each<[string, Part<'callback'>]>([
  ['a listener', callback({ on: () => {} })],
  ['one that stops', stopAfterTwo()],
])('%s', (_name, part) => {
  for (const { name, check } of callbackLaws(part)) test(name, check);
});

test('the default run has every type of event', async () => {
  const seen = new Set<TrainEvent['type']>();
  const listener = callback({ on: ({ type }) => void seen.add(type) });
  for (const { check } of callbackLaws(listener)) await check();
  expect([...seen].toSorted()).toEqual([
    'checkpoint',
    'end',
    'epoch',
    'evaluate',
    'start',
    'step',
    'warning',
  ]);
});

describe('the suite rejects', () => {
  const kept: tf.Tensor[] = [];
  afterEach(() => tf.dispose(kept.splice(0)));
  let steps = 0;

  test.each<[string, (event: TrainEvent) => unknown, string]>([
    ['an answer of another kind', ({ type }) => type === 'step', 'stop or nothing'],
    [
      'changed trainables',
      (event) => {
        if (event.type === 'epoch') event.trainables['z']?.data.fill(0);
      },
      'events stay',
    ],
    [
      'trainables of a step, changed',
      (event) => {
        if (event.type === 'step') event.trainables['z']?.data.reverse();
      },
      'events stay',
    ],
    ['memory of the run before', () => (++steps > 30 ? 'stop' : undefined), 'begins anew'],
    ['memory of the run before a resumed one', stopAtSeventhStep(), 'begins anew'],
    [
      'a resumed run that is not answered',
      (event) => event.type === 'start' && event.step > 0,
      'stop or nothing',
    ],
    ['a kept tensor', () => void kept.push(tf.scalar(1)), 'no tensor is kept'],
  ])('%s', async (_name, on, fragment) => {
    await expectBroken(callbackLaws(callback({ on: on as Callback['on'] })), fragment);
  });
});
