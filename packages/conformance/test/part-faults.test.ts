// Each law of all parts is broken once, on purpose.
import { partLaws } from '@mapping-networks/conformance';
import { definePlugin, type Part, type Plugin } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, test } from 'vitest';
import { z } from 'zod';
import { expectBroken } from './broken/names.ts';

beforeAll(() => tf.setBackend('cpu'));

describe('the suite of parts rejects', () => {
  const shouting: Plugin<'schedule', 'shouting', { word?: string }, { word: string }> = definePlugin({
    kind: 'schedule',
    name: 'shouting',
    summary: 'Changes its option whenever it reads it.',
    options: z.strictObject({
      word: z
        .string()
        .default('a')
        .transform((word) => `${word}!`),
    }),
    slots: {},
    create: () => ({ factor: () => 1 }),
  });
  const open: Part<'schedule'> = { kind: 'schedule', name: 'sgd', options: {}, impl: { factor: () => 1 } };
  const renamed: Plugin<'schedule', 'sgd', object, object> = definePlugin({
    kind: 'schedule',
    name: 'sgd',
    summary: 'Two\nlines.',
    options: z.looseObject({}),
    slots: {},
    create: () => [{ factor: () => 1 }, tf.scalar(1)][0] as { factor: () => number },
  });

  test('an option that grows', () => expectBroken(partLaws(shouting(), [shouting]), 'is the part'));
  test('an option that grows in files', () =>
    expectBroken(partLaws(shouting(), [shouting]), 'survives a file'));
  test('an option that is not written out', () =>
    expectBroken(partLaws({ ...shouting(), options: {} }, [shouting]), 'is written out'));
  test('a part that is open to change', () => expectBroken(partLaws(open, [renamed]), 'are frozen'));
  test('a summary of two lines', () => expectBroken(partLaws(open, [renamed]), 'lists have a summary'));
  test('tensors made by the call', () => expectBroken(partLaws(open, [renamed]), 'makes no tensor'));
  test('an option that nobody knows', () => expectBroken(partLaws(open, [renamed]), 'unknown option'));
});
