// The oracle itself: readers that are wrong in each of the ways it looks for are found.
import { MappingNetworksError } from '@mapping-networks/core';
import { RuntimeError } from '@mapping-networks/runtime';
import { expect, test } from 'vitest';
import { examine } from '../src/oracle/examine.ts';
import { parseIdx } from '@mapping-networks/datasets';
import { idxBytes, judgeIdx, referenceIdx } from '../src/formats/idx.ts';

const limits = { ms: 1_000, bytes: 50_000_000 };
const wrong = { wrong: 'taken' };
const refusingAs = (code: string): never => {
  throw new RuntimeError(code, 'It is broken', 'Restore it');
};
const refusing = (message: string): never => {
  throw new MappingNetworksError({ code: 'DEMO_BROKEN', problem: message, remedy: 'Restore it.' });
};

test.each([
  ['rejected', () => refusing('It is broken.')],
  ['rejected', () => refusingAs('RUNTIME_BROKEN')],
  ['crash', () => refusingAs('CORE_BROKEN')],
  ['crash', () => new Float32Array(-1)],
  ['crash', () => refusing('x'.repeat(601))],
  ['harmful', () => 'anything'],
  ['large', () => new Float32Array(100_000_000)],
] satisfies [string, () => unknown][])('%s', async (verdict, read) => {
  expect((await examine({ what: '', read, judge: () => wrong }, limits)).verdict).toBe(verdict);
});

test('a file that the second reader cannot read', async () => {
  const judge = () => refusing('It is broken.');
  expect((await examine({ what: '', read: () => 1, judge }, limits)).verdict).toBe('harmful');
});

test('slow', async () => {
  const read = () => new Promise((resolve) => setTimeout(resolve, 30));
  expect((await examine({ what: '', read, judge: () => 'equal' }, { ...limits, ms: 5 })).verdict).toBe(
    'slow',
  );
});

test('a prototype that was changed', async () => {
  const read = () =>
    Reflect.defineProperty(Object.getPrototypeOf({}) as object, 'polluted', { value: 1, configurable: true });
  const { reason } = await examine({ what: '', read, judge: () => 'equal' }, limits);
  Reflect.deleteProperty(Object.prototype, 'polluted');
  expect(reason).toBe('Object.prototype was changed');
});

test('the reference of IDX judges a reader that takes the first bytes of a longer file', () => {
  const seed = idxBytes([2], Uint8Array.of(7, 9));
  const longer = Uint8Array.of(...seed, 1);
  expect(referenceIdx(seed)?.shape).toEqual([2]);
  expect(referenceIdx(longer)).toBeUndefined();
  expect(judgeIdx({ shape: [3], data: Uint8Array.of(7, 9, 1) }, seed, longer)).toEqual({
    wrong: 'a broken file was taken',
  });
  expect(judgeIdx(parseIdx(seed, 'file'), seed, seed)).toBe('equal');
});
