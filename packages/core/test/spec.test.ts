// Parts as data and back: resolve(toSpec(part)) is the part.
import {
  createRegistry,
  direct,
  hadamard,
  mapping,
  oneHot,
  resolve,
  toSpec,
  type Part,
} from '@mapping-networks/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everything, first, pipeline, ramp, stride } from './plugins/sampler.ts';

const registry = createRegistry([
  stride,
  first,
  everything,
  ramp,
  pipeline,
  mapping,
  direct,
  hadamard,
  oneHot,
]);

// −0 + 0 is 0: options take no sign of zero, because JSON has none.
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const window = fc.record({ from: finite, to: finite }, { requiredKeys: ['from'] });
const anyStride = fc
  .record(
    { stride: fc.integer({ min: 1, max: 99 }), weights: fc.array(finite), window },
    { requiredKeys: [] },
  )
  .map((options) => stride(options));
const anyFirst = fc.integer({ min: 1, max: 99 }).map((count) => first({ count }));
const anySampler: fc.Arbitrary<Part<'sampler'>> = fc.oneof(anyStride, anyFirst, fc.constant(everything()));
const { schedule: anySchedule } = fc.letrec<{ schedule: Part<'schedule'> }>((tie) => ({
  schedule: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    finite.map(() => ramp()),
    fc.double({ min: 0, max: 1, noNaN: true }).map((start) => ramp({ start })),
    fc
      .record({
        sampler: anySampler,
        warmup: tie('schedule'),
        stages: fc.array(tie('schedule'), { maxLength: 3 }),
        label: fc.string(),
      })
      .map((options) => pipeline(options)),
  ),
}));
const anyMapping: fc.Arbitrary<Part<'parameterization'>> = fc
  .record(
    {
      latentDim: fc.integer({ min: 1, max: 9999 }),
      strategy: fc.constantFrom('single', 'layerwise'),
      activation: fc.constantFrom('identity', 'tanh', 'sin'),
      modulation: fc.constantFrom('none', 'additive', 'linear', 'vector'),
      projection: fc.constantFrom(hadamard(), oneHot()),
      seed: fc.nat(),
    },
    { requiredKeys: ['latentDim'] },
  )
  .map((options) => mapping(options));

describe('toSpec and resolve are inverse', () => {
  const roundTrip = (part: Part): void => {
    const spec = toSpec(part);
    const again = resolve(registry, part.kind, spec);
    expect([again.kind, again.name]).toEqual([part.kind, part.name]);
    expect(toSpec(again)).toEqual(spec);
  };

  test('for any part', () => {
    fc.assert(fc.property(fc.oneof(anySampler, anySchedule, anyMapping, fc.constant(direct())), roundTrip));
  });

  test('through a file', () => {
    fc.assert(
      fc.property(fc.oneof(anySampler, anySchedule, anyMapping), (part) => {
        const read: unknown = JSON.parse(JSON.stringify(toSpec(part)));
        expect(JSON.stringify(toSpec(resolve(registry, part.kind, read)))).toBe(JSON.stringify(toSpec(part)));
      }),
    );
  });

  test('with every default written out', () => {
    expect(toSpec(pipeline({ sampler: first({ count: 4 }) }))).toEqual({
      use: 'pipeline',
      label: 'run',
      sampler: { use: 'first', count: 4 },
      warmup: { use: 'ramp', start: 0.5 },
      stages: [],
    });
  });
});

describe('resolve takes', () => {
  test('a name, an object with its name, or the part itself', () => {
    const part = stride();
    expect(toSpec(resolve(registry, 'sampler', 'stride'))).toEqual(toSpec(part));
    expect(toSpec(resolve(registry, 'sampler', { use: 'stride' }))).toEqual(toSpec(part));
    expect(resolve(registry, 'sampler', part)).toBe(part);
  });

  test('names, objects and parts in slots and lists', () => {
    const spec = {
      use: 'pipeline',
      sampler: 'stride',
      warmup: { use: 'ramp', start: 0 },
      stages: ['ramp', ramp({ start: 1 })],
    };
    const part = resolve(registry, 'schedule', spec);
    expect(toSpec(part)).toMatchObject({
      sampler: { use: 'stride', stride: 2 },
      warmup: { use: 'ramp', start: 0 },
      stages: [
        { use: 'ramp', start: 0.5 },
        { use: 'ramp', start: 1 },
      ],
    });
  });
});

describe('resolve refuses', () => {
  test.each<[string, unknown, string, string]>([
    ['an unknown name', 'strid', 'CORE_UNKNOWN_NAME', "Did you mean 'stride'?"],
    ['a name of another kind', 'ramp', 'CORE_UNKNOWN_NAME', "no sampler 'ramp'"],
    ['an unknown option', { use: 'stride', strid: 1 }, 'CORE_UNKNOWN_OPTION', "Did you mean 'stride'?"],
    ['a wrong value', { use: 'stride', stride: 0.5 }, 'CORE_INVALID_OPTIONS', 'got 0.5'],
    ['an object without a name', { stride: 1 }, 'CORE_INVALID_SPEC', 'Expected a sampler'],
    ['a number', 3, 'CORE_INVALID_SPEC', 'got 3'],
    ['nothing', undefined, 'CORE_INVALID_SPEC', 'got nothing'],
    ['a list', ['stride'], 'CORE_INVALID_SPEC', 'got ["stride"]'],
    ['a part of another kind', ramp(), 'CORE_INVALID_SPEC', "got the schedule 'ramp'"],
  ])('%s', (_name, spec, code, message) => {
    expect(() => resolve(registry, 'sampler', spec)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });

  test.each<[string, unknown, string]>([
    ['an unknown name in a slot', { use: 'pipeline', sampler: 'strid' }, 'CORE_UNKNOWN_NAME'],
    ['a name of another kind in a slot', { use: 'pipeline', sampler: 'ramp' }, 'CORE_UNKNOWN_NAME'],
    [
      'one name where a list is due',
      { use: 'pipeline', sampler: 'stride', stages: 'ramp' },
      'CORE_INVALID_SLOT',
    ],
    [
      'a bad entry of a list',
      { use: 'pipeline', sampler: 'stride', stages: [{ use: 'ramp', start: 2 }] },
      'CORE_INVALID_OPTIONS',
    ],
  ])('%s', (_name, spec, code) => {
    expect(() => resolve(registry, 'schedule', spec)).toThrow(expect.objectContaining({ code }));
  });

  test.each([
    '{"use":"stride","__proto__":{"stride":3}}',
    '{"__proto__":{"use":"stride"}}',
    '{"use":"constructor"}',
    '{"use":"pipeline","sampler":{"use":"stride","__proto__":{}}}',
  ])('the hostile config %s', (json) => {
    const spec: unknown = JSON.parse(json);
    const kind = json.includes('pipeline') ? 'schedule' : 'sampler';
    expect(() => resolve(registry, kind, spec)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^CORE_/) }),
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
