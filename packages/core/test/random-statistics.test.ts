// Fixed seeds, so that the outcome is settled once. Every statistic is also shown a generator that it must reject:
// a test that cannot fail says nothing.
import { randomKey, words } from '@mapping-networks/core';
import { describe, expect, test } from 'vitest';
import { biased, congruential, indexIgnored, keyIgnored, overlapping, sticky } from './random/bad-sources.ts';
import { LIMIT, rejectedBy, statistics, type Source, type StatisticName } from './random/statistics.ts';

const bySeedAndIndex: Source = (seed, index, count) => words(randomKey(seed, index), count);
const byName: Source = (seed, index, count) => words(randomKey(seed, 'layer', `conv${index}`, 'bias'), count);
const byHighBits: Source = (seed, index, count) => words(randomKey(seed * 2 ** 33, index), count);

describe.each([
  ['a seed and an index', bySeedAndIndex],
  ['names', byName],
  ['the upper half of the seed', byHighBits],
] as const)('words keyed by %s', (_name, source) => {
  test.each(Object.entries(statistics))('%s', (_statistic, statistic) => {
    expect(Math.abs(statistic(source))).toBeLessThan(LIMIT);
  });
});

describe('bad generators are rejected', () => {
  const faults: readonly (readonly [string, Source, readonly StatisticName[]])[] = [
    [
      'linear congruential',
      congruential,
      ['bytes', 'serialBits', 'neighbouringSeeds', 'neighbouringIndices'],
    ],
    ['key ignored', keyIgnored, ['neighbouringSeeds', 'neighbouringIndices']],
    ['index ignored', indexIgnored, ['neighbouringIndices']],
    ['overlapping streams', overlapping, ['shiftedSeeds']],
    ['biased bits', biased, ['bytes', 'bits']],
    ['sticky words', sticky, ['serialBits', 'serialPairs']],
  ];

  test.each(faults)('%s', (_name, source, expected) => {
    expect(rejectedBy(source)).toEqual(expect.arrayContaining([...expected]));
  });

  test('every statistic rejects one of them', () => {
    const caught = new Set(faults.flatMap(([, , names]) => names));
    expect([...caught].toSorted()).toEqual(Object.keys(statistics).toSorted());
  });
});
