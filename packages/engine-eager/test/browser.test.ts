// Bundlers for browsers exchange one file, by the field "browser" of package.json. That training runs there is tested by
// examples/draw, in a browser.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { build, defaultClientConditions } from 'vite';
import { afterEach, expect, test, vi } from 'vitest';
import * as browser from '../src/wasm/open-wasm.browser.ts';
import * as node from '../src/wasm/open-wasm.ts';

afterEach(() => vi.restoreAllMocks());

test('package.json exchanges the files', async () => {
  const manifest = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  expect(JSON.parse(manifest)).toMatchObject({
    browser: {
      './dist/wasm/open-wasm.js': './dist/wasm/open-wasm.browser.js',
      './src/wasm/open-wasm.ts': './src/wasm/open-wasm.browser.ts',
    },
  });
  expect(Object.keys(browser)).toEqual(Object.keys(node));
});

test('in a browser, too, a backend that does not start is told', async () => {
  const starting = vi.spyOn(tf.engine(), 'setBackend');
  const cause = new Error('no WebAssembly here');
  const code = 'ENGINE_EAGER_WASM_UNAVAILABLE';
  starting.mockRejectedValueOnce(cause);
  await expect(browser.openWasm()).rejects.toMatchObject({ code, cause });
  starting.mockResolvedValueOnce(false);
  await expect(browser.openWasm()).rejects.toMatchObject({ code });
});

test('a bundle for browsers holds nothing of Node', async () => {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['@mapping-networks/source', ...defaultClientConditions] },
    build: {
      write: false,
      minify: false,
      lib: { entry: fileURLToPath(new URL('../src/index.ts', import.meta.url)), formats: ['es'] },
      rolldownOptions: { external: [/^@tensorflow\//] },
    },
  });
  const outputs = [built].flat().flatMap((each) => ('output' in each ? each.output : []));
  const chunks = outputs.flatMap((output) => (output.type === 'chunk' ? [output] : []));
  const modules = chunks.flatMap(({ moduleIds }) => moduleIds.map((id) => id.split('/').at(-1)));
  expect(modules).toContain('open-wasm.browser.ts');
  expect(modules).not.toContain('open-wasm.ts');
  expect(chunks.flatMap(({ imports }) => imports)).not.toContainEqual(expect.stringMatching(/^node:/));
});
