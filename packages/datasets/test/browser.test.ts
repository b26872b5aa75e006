// Bundlers for browsers exchange one file, by the field "browser" of package.json.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import * as browser from '../src/idx/files.browser.ts';
import * as node from '../src/idx/files.ts';
import { smallSet } from './idx-fixtures.ts';

test('package.json exchanges the files', async () => {
  const { browser: exchanged } = JSON.parse(
    await readFile(new URL('../package.json', import.meta.url), 'utf8'),
  );
  expect(exchanged).toEqual({
    './dist/idx/files.js': './dist/idx/files.browser.js',
    './src/idx/files.ts': './src/idx/files.browser.ts',
  });
  expect(Object.keys(browser)).toEqual(Object.keys(node));
});

test('in a browser image sets say what they need', async () => {
  await expect(browser.readImageSet(smallSet([], {}), {}, {})).rejects.toMatchObject({
    code: 'DATASETS_NEEDS_FILE_SYSTEM',
    message: expect.stringContaining('Small set'),
  });
});
