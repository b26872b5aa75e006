// Plugins: options go in partial and come out whole, checked and frozen.
import { definePlugin, isPart, type Plugin } from '@mapping-networks/core';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { everything, first, pipeline, ramp, stride } from './plugins/sampler.ts';

const thrown = (act: () => unknown): Error & { code?: string } => {
  try {
    act();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('expected an error');
};

const parsed = (json: string): unknown => JSON.parse(json);

test('no option can be called use: specs write the name of the plugin there', () => {
  const define = (): unknown =>
    definePlugin<'schedule', 'clash', object, { use: number }>({
      kind: 'schedule',
      name: 'clash',
      summary: '',
      options: z.strictObject({ use: z.number().default(1) }),
      slots: {},
      create: () => ({ factor: () => 1 }),
    });
  expect(thrown(define)).toMatchObject({ code: 'CORE_RESERVED_OPTION' });
});

describe('a part', () => {
  test('holds its kind, its name, every option and its behaviour', () => {
    const part = stride({ stride: 3 });
    expect(part).toMatchObject({
      kind: 'sampler',
      name: 'stride',
      options: { stride: 3, weights: [1, 2], window: { from: 0 } },
    });
    expect([...part.impl.sample(7)]).toEqual([0, 3, 6]);
    expect(isPart(part, 'sampler')).toBe(true);
    expect(isPart(part, 'schedule')).toBe(false);
  });

  test('is made without arguments where every option has a default', () => {
    expect(stride().options).toEqual(stride({}).options);
    expect(everything().options).toEqual({});
  });

  test('writes out the parts of its slots', () => {
    const part = pipeline({ sampler: first({ count: 2 }) });
    expect(part.options.warmup).toMatchObject({ name: 'ramp', options: { start: 0.5 } });
    expect(part.options.stages).toEqual([]);
  });

  test('is frozen all the way down', () => {
    const part = pipeline({ sampler: stride(), stages: [ramp()] });
    const { sampler } = part.options;
    expect(Object.isFrozen(pipeline({ sampler }).options.stages)).toBe(true);
    for (const value of [part, part.options, part.options.stages, sampler, sampler.options]) {
      expect(Object.isFrozen(value)).toBe(true);
    }
    expect(Object.values(sampler.options).every(Object.isFrozen)).toBe(true);
  });

  test('does not change with what it was made from', () => {
    const [weights, window, stages] = [[5], { from: 1 }, [ramp()]];
    const parts = [stride({ weights, window }), pipeline({ sampler: first({ count: 1 }), stages })] as const;
    weights.push(6);
    window.from = 9;
    stages.push(ramp());
    expect(parts[0].options).toMatchObject({ weights: [5], window: { from: 1 } });
    expect(parts[1].options.stages).toHaveLength(1);
  });
});

describe('a plugin', () => {
  test('tells what lists show', () => {
    expect([pipeline.kind, pipeline.name, pipeline.summary]).toEqual([
      'schedule',
      'pipeline',
      'Schedules one after another.',
    ]);
    expect(Object.keys(pipeline.schema.properties ?? {})).toEqual(['label', 'sampler', 'warmup', 'stages']);
    expect(pipeline.schema.required).toEqual(['sampler']);
    expect(Object.isFrozen(pipeline)).toBe(true);
  });

  test('accepts a validator that says nothing of its properties', () => {
    const open: Plugin<'schedule', 'open', { a?: number }, { a: number }> = definePlugin({
      kind: 'schedule',
      name: 'open',
      summary: 'Any Standard Schema will do.',
      options: {
        '~standard': {
          version: 1,
          vendor: 'test',
          validate: (value) =>
            typeof value === 'object' && value !== null && !('b' in value)
              ? { value: { a: 1, ...value } }
              : { issues: [{ message: 'b is not allowed', path: [{ key: 'b' }] }] },
        },
      },
      slots: {},
      create: () => ({ factor: () => 1 }),
    });
    expect(open({ a: 4 }).options).toEqual({ a: 4 });
    expect(thrown(() => open.parse({ b: 4 }))).toMatchObject({
      code: 'CORE_INVALID_OPTIONS',
      message: expect.stringContaining("option 'b': b is not allowed, got 4"),
    });
  });

  test('does not wait for a validator', () => {
    const slow: Plugin<'schedule', 'slow', object, object> = definePlugin({
      kind: 'schedule',
      name: 'slow',
      summary: 'Validates asynchronously.',
      options: {
        '~standard': {
          version: 1,
          vendor: 'test',
          validate: async (value) => ({ value: { ...Object(value) } }),
        },
      },
      slots: {},
      create: () => ({ factor: () => 1 }),
    });
    expect(thrown(() => slow())).toMatchObject({ code: 'CORE_INVALID_OPTIONS' });
  });
});

describe('errors say what was expected, what came, and what to do', () => {
  test.each<[string, () => unknown, string, string]>([
    [
      'a slip of the pen',
      () => stride.parse({ strid: 3 }),
      'CORE_UNKNOWN_OPTION',
      "has no option 'strid'. Did you mean 'stride'?",
    ],
    [
      'a misspelt slot',
      () => pipeline.parse({ samplr: 1 }),
      'CORE_UNKNOWN_OPTION',
      "Did you mean 'sampler'?",
    ],
    [
      'nothing near',
      () => stride.parse({ colour: 3 }),
      'CORE_UNKNOWN_OPTION',
      "Allowed: 'stride', 'weights', 'window'.",
    ],
    [
      'an option where there are none',
      () => everything.parse({ a: 1 }),
      'CORE_UNKNOWN_OPTION',
      'Allowed: nothing.',
    ],
    ['a wrong type', () => stride.parse({ stride: 'two' }), 'CORE_INVALID_OPTIONS', `option 'stride'`],
    ['a number out of range', () => stride.parse({ stride: 0 }), 'CORE_INVALID_OPTIONS', 'got 0.'],
    [
      'a nested mistake',
      () => stride.parse({ window: { from: 'x' } }),
      'CORE_INVALID_OPTIONS',
      `option 'window.from'`,
    ],
    [
      'a nested unknown',
      () => stride.parse({ window: { from: 0, till: 1 } }),
      'CORE_INVALID_OPTIONS',
      'till',
    ],
    ['a missing option', () => first.parse({}), 'CORE_INVALID_OPTIONS', `option 'count'`],
    ['no object', () => stride.parse([1]), 'CORE_INVALID_OPTIONS', 'expected an object'],
    [
      'a missing slot',
      () => pipeline.parse({}),
      'CORE_INVALID_SLOT',
      "option 'sampler': expected a sampler, got nothing",
    ],
    [
      'a part of another kind',
      () => pipeline.parse({ sampler: ramp() }),
      'CORE_INVALID_SLOT',
      "expected a sampler, got the schedule 'ramp'",
    ],
    [
      'a plugin instead of its part',
      () => pipeline.parse({ sampler: stride }),
      'CORE_INVALID_SLOT',
      "the plugin 'stride', not called",
    ],
    [
      'a name where values are due',
      () => pipeline.parse({ sampler: 'stride' }),
      'CORE_INVALID_SLOT',
      'got "stride"',
    ],
    [
      'one part for a list',
      () => pipeline.parse({ sampler: stride(), stages: ramp() }),
      'CORE_INVALID_SLOT',
      'expected a list of schedule parts',
    ],
    [
      'a list with a stranger',
      () => pipeline.parse({ sampler: stride(), stages: [ramp(), stride()] }),
      'CORE_INVALID_SLOT',
      "option 'stages.1': expected a schedule, got the sampler 'stride'",
    ],
  ])('%s', (_name, act, code, message) => {
    const error = thrown(act);
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });
});

describe('hostile keys', () => {
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    '%s is just an unknown option',
    (key) => {
      for (const plugin of [stride, everything, pipeline]) {
        const error = thrown(() => plugin.parse(parsed(`{ "${key}": { "polluted": true } }`)));
        expect(error.code).toBe('CORE_UNKNOWN_OPTION');
      }
    },
  );

  test('__proto__ inside an option does no harm', () => {
    const error = thrown(() => stride.parse(parsed('{ "window": { "from": 1, "__proto__": { "to": 5 } } }')));
    expect(error.code).toBe('CORE_INVALID_OPTIONS');
    expect('polluted' in {} || 'to' in {}).toBe(false);
  });

  test('inherited options do not count', () => {
    const inherited: unknown = Object.create({ stride: 7 });
    expect(stride.parse(inherited).options.stride).toBe(2);
    const inheritedSlot: unknown = Object.create({ sampler: stride() });
    expect(thrown(() => pipeline.parse(inheritedSlot)).code).toBe('CORE_INVALID_SLOT');
  });
});
