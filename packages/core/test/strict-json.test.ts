// JSON from files: the same values as JSON.parse, or a reason. What JSON.parse lets pass in silence is refused.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, parseJson } from '@mapping-networks/core';

const parse = (text: string): unknown =>
  parseJson(text, (problem) => {
    throw new Error(problem);
  });

/** JSON.parse's answer: a value, or nothing. */
const native = (text: string): { readonly value?: unknown } => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return {};
  }
};

describe('parseJson', () => {
  test('gives what any value was written from, however it is spaced', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), fc.nat(4), (value, spaces) => {
        const text = JSON.stringify(value, null, spaces);
        fc.pre(!text.includes('__proto__'));
        expect(parse(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test('of any text gives the value of JSON.parse or a reason', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '"a"',
      '1',
      '-',
      'e',
      '.',
      'true',
      ' ',
      '\n',
      'é',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (each) => {
        const expected = native(each);
        if (!('value' in expected)) expect(() => parse(each)).toThrow('it is');
        else if (!each.includes('"')) expect(parse(each)).toEqual(expected.value);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['a key twice', '{"a":1,"b":{"a":1},"a":2}', "the key 'a' twice"],
    ['a key twice in two spellings', '{"a":1,"\\u0061":2}', "the key 'a' twice"],
    ['a key twice, with braces in strings', '{"a":"}","a":2}', "the key 'a' twice"],
    ['a prototype', '{"x":{"__proto__":1}}', "the key '__proto__'"],
    ['a prototype in another spelling', '{"__pr\\u006fto__":1}', "the key '__proto__'"],
    ['a number beyond float64', '{"a":1e400}', 'the number 1e400'],
    ['a negative number beyond float64', '[-1e999]', 'the number -1e999'],
    ['65 levels', `${'['.repeat(65)}${']'.repeat(65)}`, 'more than 64 levels'],
    ['100,000 levels', '{"a":'.repeat(100_000), 'more than 64 levels'],
    ['too many values', `[${'1,'.repeat(500_000)}1]`, 'more than 500000 values'],
    ['an open string', '{"a', 'not JSON'],
    ['nothing', '', 'not JSON'],
    ['a byte order mark', '\ufeff{}', 'not JSON'],
  ])('refuses %s', (_, text, problem) => {
    expect(() => parse(text)).toThrow(problem);
  });

  test('takes a key that stands in several objects, escaped quotes, 64 levels, and keys of methods', () => {
    expect(parse('[{"a":1},{"a":2}]')).toEqual([{ a: 1 }, { a: 2 }]);
    expect(parse('{"a\\\\":1,"a\\"":2,"a":"\\\\\\""}')).toEqual({ 'a\\': 1, 'a"': 2, a: '\\"' });
    expect(parse(`${'['.repeat(64)}${']'.repeat(64)}`)).toHaveLength(1);
    expect(Object.keys(parse('{"constructor":1,"toString":2}') as object)).toEqual([
      'constructor',
      'toString',
    ]);
  });

  test('ends in linear time on what looks quadratic', () => {
    expect(() => parse(`"${'\\"'.repeat(500_000)}`)).toThrow('not JSON');
    expect(() => parse(`"${'\\'.repeat(1_000_000)}`)).toThrow('not JSON');
  });
});

describe('canonicalJson', () => {
  test('is one text for one value, in any order of keys', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, entry]) => [key, reversed(entry)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('sorts by code units and writes numbers as RFC 8785 does', () => {
    const value = {
      '10': 1e21,
      '9': 333333333.3333333,
      '\u20ac': 4.5,
      '\r': 2e-3,
      '\ufb33': 1e-27,
      a: undefined,
    };
    expect(canonicalJson(value)).toBe(
      '{"\\r":0.002,"10":1e+21,"9":333333333.3333333,"\u20ac":4.5,"\ufb33":1e-27}',
    );
  });
});
