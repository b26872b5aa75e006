// The generator against three things that know nothing of each other: the vectors published with Random123, a BigInt
// implementation written from the specification, and a file of values that must never change again.
import {
  childKey,
  integers,
  normal,
  permutation,
  randomKey,
  signs,
  subset,
  threefry2x32,
  uniform,
  words,
} from '@mapping-networks/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import golden from './golden/random.json' with { type: 'json' };
import * as reference from './random/reference.ts';

const hex = (word: number | bigint): string => word.toString(16).padStart(8, '0');

const threefry = (key: readonly number[], counter: readonly number[]): string[] => {
  const out = new Uint32Array(2);
  threefry2x32(key[0] ?? 0, key[1] ?? 0, counter[0] ?? 0, counter[1] ?? 0, out, 0);
  return [...out].map(hex);
};

const parsed = (text: readonly string[]): number[] => text.map((word) => Number.parseInt(word, 16));
const anyKey = fc.tuple(
  fc.maxSafeNat(),
  fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.nat(2 ** 32 - 1)), { maxLength: 3 }),
);

describe('Threefry-2x32, 20 rounds', () => {
  test.each(golden.threefry2x32)('counter $counter under key $key', ({ key, counter, words: expected }) => {
    expect(threefry(parsed(key), parsed(counter))).toEqual(expected);
    const [k0 = 0n, k1 = 0n, c0 = 0n, c1 = 0n] = parsed([...key, ...counter]).map(BigInt);
    expect(reference.threefry([k0, k1], [c0, c1]).map(hex)).toEqual(expected);
  });

  test('is the reference for any key and counter', () => {
    const word = fc.nat(2 ** 32 - 1);
    fc.assert(
      fc.property(word, word, word, word, (k0, k1, c0, c1) => {
        const expected = reference.threefry([BigInt(k0), BigInt(k1)], [BigInt(c0), BigInt(c1)]);
        expect(threefry([k0, k1], [c0, c1])).toEqual(expected.map(hex));
      }),
    );
  });
});

describe('golden values', () => {
  test.each(golden.keys)('the key of seed $seed and path $path', ({ seed, path, hi, lo }) => {
    const key = randomKey(seed, ...path);
    expect([hex(key.hi), hex(key.lo)]).toEqual([hi, lo]);
  });

  const keyOf = ({ seed, path }: { seed: number; path: readonly string[] }) => randomKey(seed, ...path);

  test.each([
    ['words', golden.words, [...words(keyOf(golden.words), 9)].map(hex)],
    ['uniform', golden.uniform, [...uniform(keyOf(golden.uniform), 6)]],
    ['integers', golden.integers, [...integers(keyOf(golden.integers), 10, golden.integers.bound)]],
    [
      'wide integers',
      golden.wideIntegers,
      [...integers(keyOf(golden.wideIntegers), 6, golden.wideIntegers.bound)],
    ],
    ['signs', golden.signs, [...signs(keyOf(golden.signs), 40)]],
    ['normal', golden.normal, [...normal(keyOf(golden.normal), 9)]],
    ['permutation', golden.permutation, [...permutation(keyOf(golden.permutation), golden.permutation.size)]],
    [
      'small subset',
      golden.smallSubset,
      [...subset(keyOf(golden.smallSubset), golden.smallSubset.size, golden.smallSubset.count)],
    ],
    [
      'large subset',
      golden.largeSubset,
      [...subset(keyOf(golden.largeSubset), golden.largeSubset.size, golden.largeSubset.count)],
    ],
  ] as const)('%s', (_name, { values }, received) => {
    expect(received).toEqual(values);
  });
});

describe('the specification, ported to BigInt, gives the same for any seed and path', () => {
  test('keys', () => {
    fc.assert(
      fc.property(anyKey, ([seed, path]) => {
        const { hi, lo } = reference.keyOf(seed, path);
        expect(randomKey(seed, ...path)).toEqual({ hi: Number(hi), lo: Number(lo) });
      }),
    );
  });

  test('words, reals, integers, signs, normals, permutations and subsets', () => {
    const count = fc.integer({ min: 0, max: 40 });
    const bound = fc.integer({ min: 1, max: 2 ** 31 });
    fc.assert(
      fc.property(anyKey, count, count, bound, ([seed, path], many, few, top) => {
        const [key, same] = [randomKey(seed, ...path), reference.keyOf(seed, path)];
        const size = many + few;
        expect([...words(key, many)]).toEqual(reference.wordsOf(same, many));
        expect([...uniform(key, many)]).toEqual(reference.uniformOf(same, many));
        expect([...integers(key, many, top)]).toEqual(reference.integersOf(same, many, top));
        expect([...signs(key, many)]).toEqual(reference.signsOf(same, many));
        expect([...permutation(key, many)]).toEqual(reference.permutationOf(same, many));
        expect([...subset(key, size, few)]).toEqual(reference.subsetOf(same, size, few));
      }),
    );
  });

  test('four thousand normals, to the last bit', () => {
    expect([...normal(randomKey(3), 4001)]).toEqual(reference.normalOf(reference.keyOf(3, []), 4001));
  });
});

describe('addressing', () => {
  test('a stream read from the middle is the same stream', () => {
    const position = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(anyKey, position, position, ([seed, path], from, count) => {
        const key = randomKey(seed, ...path);
        expect(words(key, count, from)).toEqual(words(key, from + count).subarray(from));
      }),
    );
  });

  test('a child of a child is the whole path', () => {
    expect(childKey(childKey(randomKey(9, 'a'), 7), 'b')).toEqual(randomKey(9, 'a', 7, 'b'));
  });

  test('a name and an index of the same digits are different keys', () => {
    expect(randomKey(9, '7')).not.toEqual(randomKey(9, 7));
  });
});

describe('what cannot be meant is refused', () => {
  test.each([-1, 0.5, Number.NaN, Infinity, 2 ** 53])('seed %s', (seed) => {
    expect(() => randomKey(seed)).toThrow(expect.objectContaining({ code: 'CORE_INVALID_SEED' }));
  });

  test.each([-1, 0.5, Number.NaN, 2 ** 32])('index %s', (index) => {
    expect(() => randomKey(0, index)).toThrow(expect.objectContaining({ code: 'CORE_INVALID_PATH_STEP' }));
  });

  test.each([-1, 6, 2.5, Number.NaN])('a subset of %s out of 5', (count) => {
    expect(() => subset(randomKey(0), 5, count)).toThrow(
      expect.objectContaining({ code: 'CORE_INVALID_SUBSET' }),
    );
  });
});
