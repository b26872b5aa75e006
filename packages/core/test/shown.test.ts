// Values in messages: whatever a file or a caller brings, a short printable line comes out.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MappingNetworksError, clipped, nearest, printable, quoted, shown } from '@mapping-networks/core';

const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

describe('shown', () => {
  test('of anything is short and printable', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withTypedArray: true,
          withNullPrototype: true,
          withSparseArray: true,
        }),
        (value) => {
          const text = shown(value);
          expect(text.length).toBeLessThanOrEqual(80);
          expect(text).not.toMatch(CONTROL);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('of plain values is their JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        fc.pre(
          text.length <= 80 &&
            !CONTROL.test(text) &&
            !/[\p{Cs}\u200e\u200f\u061c]/u.test(text) &&
            !text.includes('"kind"'),
        );
        expect(shown(value).replaceAll('-0', '0')).toBe(text.replaceAll('-0', '0'));
      }),
    );
  });

  const circular: unknown[] = [];
  circular.push(circular);
  const deep = (levels: number): unknown => {
    let value: unknown = 1;
    for (let i = 0; i < levels; i++) value = [value];
    return value;
  };
  test.each([
    ['a circle', circular],
    ['a hundred thousand levels', deep(100_000)],
    ['megabytes of text', 'x'.repeat(10_000_000)],
    ['a wide list', Array.from({ length: 1_000_000 }, (_, i) => i)],
    ['a large array', new Float32Array(10_000_000)],
    ['something like a part', { kind: { toString: 1 }, name: { valueOf: null } }],
    ['no text of its own', { toString: 1, valueOf: 2 }],
    [
      'a getter that throws',
      Object.defineProperty({}, 'a', {
        enumerable: true,
        get: () => {
          throw new Error('no');
        },
      }),
    ],
    ['an object without prototype', Object.create(null)],
    ['a symbol', Symbol('s')],
    ['a bigint', 2n ** 4_000n],
  ])('of %s', (_, value) => {
    expect(shown(value).length).toBeLessThanOrEqual(80);
  });
});

test('what steers a terminal is written out', () => {
  expect(printable('a\u001b[31m\u009b\u202e\u2028\ud800é\u{1f600}')).toBe(
    'a\\u{1b}[31m\\u{9b}\\u{202e}\\u{2028}\\u{d800}é\u{1f600}',
  );
  expect(quoted('n'.repeat(200))).toHaveLength(82);
  expect(clipped('\u0000'.repeat(100), 20).length).toBeLessThanOrEqual(20);
});

test('no error carries control characters, nor more than a screen', () => {
  const { message, remedy } = new MappingNetworksError({
    code: 'DEMO_X',
    problem: `\u001b[2J${'x'.repeat(1e6)}`,
    remedy: 'Stop.\u0007',
  });
  expect(message).not.toMatch(CONTROL);
  expect(message.length).toBeLessThan(5_000);
  expect(message.endsWith(` ${remedy}`)).toBe(true);
});

test('a word of megabytes is near to nothing', () => {
  expect(nearest('hadamard'.repeat(200_000), ['hadamard'])).toBeUndefined();
});
