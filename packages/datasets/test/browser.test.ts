// Bundlers for browsers exchange one file, by the field "browser" of package.json.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, defaultClientConditions } from 'vite';
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
  await expect(browser.locateImageSet(smallSet([], {}), {})).rejects.toMatchObject({
    code: 'DATASETS_NEEDS_FILE_SYSTEM',
  });
});

test('and a bundle for browsers holds nothing of Node, and no undici', async () => {
  const source = '@mapping-networks/source';
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: [source, ...defaultClientConditions] },
    build: {
      write: false,
      minify: false,
      lib: { entry: fileURLToPath(new URL('../src/index.ts', import.meta.url)), formats: ['es'] },
    },
  });
  const outputs = [built].flat().flatMap((each) => ('output' in each ? each.output : []));
  const chunks = outputs.flatMap((output) => (output.type === 'chunk' ? [output] : []));
  const modules = chunks.flatMap(({ moduleIds }) => moduleIds.map((id) => id.split('/').at(-1)));
  expect(modules).toContain('files.browser.ts');
  expect(modules).not.toContain('files.ts');
  expect(chunks.flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports])).not.toContainEqual(
    expect.stringMatching(/^node:|undici/),
  );
  expect(chunks.map(({ code }) => code).join('')).not.toMatch(/undici|node:(fs|crypto|http)/);
});
