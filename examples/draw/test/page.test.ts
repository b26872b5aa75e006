// The page, built once. As files, also where there is no browser: the tab that reads carries no TensorFlow.js, and nothing is
// named by an address of another host. In a real browser: reading, training, and digits of MNIST.
import { chromiumPath, inChromium } from '@mapping-networks/tools/browser';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildPage, openBuiltPage, type BuiltPage, type PageFiles } from './built-page.ts';
import { drawnMnistSuite } from './suites/drawn-mnist.ts';
import { readingSuite } from './suites/reading.ts';
import { trainingSuite } from './suites/training.ts';

let files: PageFiles;
beforeAll(async () => {
  files = await buildPage();
}, 120_000);
afterAll(() => files.remove());

test('the first tab is small, and needs the runtime alone', () => {
  const { outputs } = files;
  // What the worker is made of are assets of their own.
  const chunks = outputs.flatMap((output) => (output.type === 'chunk' ? [output] : []));
  expect(chunks.map(({ name }) => name).toSorted()).toEqual(['index', 'runtime']);
  const modules = chunks.flatMap(({ moduleIds }) => moduleIds);
  expect(modules.filter((id) => /node_modules|packages\/(?!runtime\/)/.test(id))).toEqual([]);
  const bytes = chunks.reduce((sum, { code }) => sum + new TextEncoder().encode(code).length, 0);
  expect(bytes).toBeLessThan(50_000);
  const page = outputs.find(({ fileName }) => fileName === 'index.html');
  expect(page && 'source' in page ? String(page.source) : '').not.toMatch(/(src|href)="(https?:|\/)/);
});

describe.skipIf(!chromiumPath)(inChromium('the page'), () => {
  let built: BuiltPage;
  beforeAll(async () => {
    built = await openBuiltPage(files.folder);
  }, 60_000);
  afterEach(() => built.closeTabs());
  afterAll(() => built.close());

  describe('reads', () => {
    readingSuite(() => built);
  });
  describe('trains', () => {
    trainingSuite(() => built);
  });
  describe('knows', () => {
    drawnMnistSuite(() => built);
  });
});
