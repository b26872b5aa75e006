// Laws without a runner.
import { assertLaws, brokenLaws, law } from '@mapping-networks/conformance';
import { expect, test } from 'vitest';

const holds = law('one is one', () => {});
const fails = law('one is two', () => {
  throw new Error('it is not');
});
const failsLater = law('two is three', () => Promise.reject(new Error('not now')));

test('brokenLaws lists what does not hold, and goes on', async () => {
  expect(await brokenLaws([fails, holds, failsLater])).toEqual([
    { name: 'one is two', error: new Error('it is not') },
    { name: 'two is three', error: new Error('not now') },
  ]);
});

test('assertLaws says everything at once, or nothing', async () => {
  await expect(assertLaws([holds])).resolves.toBeUndefined();
  await expect(assertLaws([fails, holds, failsLater])).rejects.toMatchObject({
    code: 'CONFORMANCE_LAW_BROKEN',
    message: expect.stringMatching(/2 laws.*one is two \(it is not\); two is three \(not now\)/),
  });
});
