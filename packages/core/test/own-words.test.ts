// Rules between fields say what they expect themselves; the words of the types stand back.
import { check } from '@mapping-networks/core';
import { expect, test } from 'vitest';
import { z } from 'zod';

test('a rule that says what it expects is heard, though the types would say something, too', () => {
  const pair = z
    .object({
      short: z.preprocess((value) => value === 'full' || value, z.boolean()),
      rest: z.int().optional(),
    })
    .refine(({ short, rest }) => !short || rest !== undefined, {
      path: ['rest'],
      message: "expected a number beside 'full'",
    })
    .refine(({ short }) => !short, { path: ['short'], message: 'expected no short form' });
  const { issues = [] } = check(pair, { short: 'full' });
  expect(issues.map(({ message }) => message)).toEqual([
    "expected a number beside 'full'",
    'expected no short form',
  ]);
});
