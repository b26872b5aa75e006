// A user's own targets, made of layers and written by hand, and the types that come out.
import { bias, kernel, parameterSpace, type Part, type Plugin, type Target } from '@mapping-networks/core';
import { defineTarget, sequential } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { distance, run, valuesFor } from './network.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const layered = defineTarget({
  name: 'layered',
  summary: 'One hidden layer.',
  options: z.strictObject({ inputs: z.int(), width: z.int().min(1).default(16) }),
  build: ({ inputs, width }) =>
    sequential({ input: [inputs], layers: [{ type: 'dense', name: 'fc', units: width }, { type: 'tanh' }] }),
});

/** The same network without `sequential`. */
const handWritten = defineTarget({
  name: 'handWritten',
  summary: 'The same by hand.',
  options: z.strictObject({ inputs: z.int().default(3), width: z.int().default(16) }),
  build: ({ inputs, width }): Target => ({
    inputShape: [inputs],
    outputShape: [width],
    parameters: parameterSpace([kernel('fc', [inputs, width]), bias('fc', width)]),
    buffers: [],
    masks: [],
    apply: (parameters, buffers, x) => ({
      output: tf.tidy(() => tf.tanh(tf.add(tf.matMul(x, parameters['fc.kernel']!), parameters['fc.bias']!))),
      buffers,
    }),
  }),
});

test('both ways give the same target', () => {
  const [a, b] = [layered({ inputs: 3, width: 4 }).impl, handWritten({ width: 4 }).impl];
  expect(a.parameters).toEqual(b.parameters);
  expect(distance(run(a, valuesFor(a, 2, 1)), run(b, valuesFor(b, 2, 1)))).toBe(0);
});

test('a defined target is a plugin: defaults, checks, schema', () => {
  const part = layered({ inputs: 3 });
  expect(part).toMatchObject({ kind: 'target', name: 'layered', options: { inputs: 3, width: 16 } });
  expect(layered.summary).toBe('One hidden layer.');
  expect(layered.schema.properties).toHaveProperty('width');
  expect(() => layered({ inputs: 3, width: 0 })).toThrow(
    expect.objectContaining({ code: 'CORE_INVALID_OPTIONS' }),
  );
  expect(() => layered.parse({ inputs: 3, widht: 1 })).toThrow(/Did you mean 'width'/);
});

test('its options are typed by the schema', () => {
  expectTypeOf(layered).toEqualTypeOf<
    Plugin<
      'target',
      'layered',
      { inputs: number; width?: number | undefined },
      { inputs: number; width: number }
    >
  >();
  expectTypeOf(handWritten()).toEqualTypeOf<
    Part<'target', 'handWritten', { inputs: number; width: number }>
  >();
  const wrong = (): void => {
    // @ts-expect-error: `inputs` has no default
    layered();
    // @ts-expect-error: a number is expected
    layered({ inputs: 3, width: 'wide' });
    // @ts-expect-error: no such option
    layered({ inputs: 3, depth: 2 });
  };
  expect(wrong).toThrow(/option 'inputs'/);
});
