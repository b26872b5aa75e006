// Our SHA-256 against that of Node, with the engine's own and without it.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { sha256 } from '../src/files/sha256.ts';

afterEach(() => vi.unstubAllGlobals());

const parts = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 3 });

test.each([
  ['the engine’s own', undefined],
  ['ours, where the engine has none', {}],
])('%s', async (_, crypto) => {
  if (crypto) vi.stubGlobal('crypto', crypto);
  await fc.assert(
    fc.asyncProperty(parts, async (bytes) => {
      const expected = createHash('sha256').update(Buffer.concat(bytes)).digest('hex');
      expect(await sha256(...bytes)).toBe(expected);
    }),
  );
});

test('pages that are not secure have no crypto at all', async () => {
  vi.stubGlobal('crypto', undefined);
  const million = new Uint8Array(1_000_000).fill(97);
  // The third example of FIPS 180-2.
  expect(await sha256(million)).toBe('cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0');
});
