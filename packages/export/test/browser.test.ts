// ONNX exports in onnxruntime-web, in a real browser, beside onnxruntime-node: what a page would load, from files that are
// served locally.
import { mapping, type Model, type Part } from '@mapping-networks/core';
import { generator, onnx } from '@mapping-networks/export';
import { prune } from '@mapping-networks/prune';
import { fakeQuantized, quantize } from '@mapping-networks/quantize';
import { cnn2 } from '@mapping-networks/targets';
import {
  chromiumPath,
  inChromium,
  openChromium,
  runOnnx,
  serveOnnx,
  watchPage,
  type ServedFolder,
} from '@mapping-networks/tools/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inputsFor, networkOf } from './support/networks.ts';
import { passed } from './support/passed.ts';

const plain = networkOf(cnn2());
const inputs = inputsFor(plain, 4);

const pruned = await passed(plain, prune({ sparsity: 0.9 }));
const twoOfFour = await passed(await passed(plain, prune({ structure: '2:4' })), quantize());
const filters = await passed(plain, prune({ structure: 'filters', sparsity: 0.5 }));

/** The network with its kernels rounded to codes of this type, which the files hold. */
const rounded = (type: 'int8' | 'int4'): Model =>
  networkOf(cnn2(), fakeQuantized({ inner: mapping({ latentDim: 32 }), type }));

/** How far the two runtimes may be apart, as a part of the largest output: kernels sum in other orders. */
const EXPORTS: readonly [name: string, model: Model, exporter: Part<'exporter'>, apart: number][] = [
  ['float32', plain, onnx({ precision: 'float32' }), 1e-4],
  ['float16', plain, onnx({ precision: 'float16' }), 1e-4],
  ['int8', plain, onnx({ precision: 'int8' }), 0.05],
  ['weights in int8', rounded('int8'), onnx(), 1e-4],
  ['weights in int4', rounded('int4'), onnx(), 1e-4],
  ['pruned', pruned, onnx(), 1e-4],
  ['pruned, float16', pruned, onnx({ precision: 'float16' }), 1e-4],
  ['pruned, int8', pruned, onnx({ precision: 'int8' }), 0.05],
  ['pruned 2:4, weights in int8', twoOfFour, onnx(), 1e-4],
  ['without half of the filters', filters, onnx(), 1e-4],
  ['generator', plain, generator(), 1e-4],
  ['generator, pruned', pruned, generator(), 1e-4],
  ['generator of 2,048 numbers', networkOf(cnn2(), mapping({ latentDim: 2048 })), generator(), 1e-4],
  [
    'generator by layer',
    networkOf(cnn2(), mapping({ latentDim: 2688, strategy: 'layerwise' })),
    generator(),
    1e-4,
  ],
];

const outputsInNode = async (
  model: Model,
  exporter: Part<'exporter'>,
  files: Record<string, Uint8Array>,
): Promise<number[]> => {
  const network = await exporter.impl.load(files, model);
  const { data } = await network.run(inputs);
  network.dispose();
  return [...data];
};

describe.skipIf(!chromiumPath)(inChromium('onnxruntime-web'), () => {
  const written = new Map<string, Record<string, Uint8Array>>();
  let browser: Browser;
  let served: ServedFolder;
  let page: Page;

  beforeAll(async () => {
    for (const [name, model, { impl }] of EXPORTS)
      written.set(name, { ...(await impl.write(model, { calibration: inputs })) });
    const models = [...written].map(([name, files]): [string, Uint8Array] => [
      `${name}.onnx`,
      Object.values(files)[0] ?? new Uint8Array(),
    ]);
    served = await serveOnnx(Object.fromEntries(models));
    browser = await openChromium();
    page = await browser.newPage();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await served.close();
  });

  test.each(EXPORTS)('computes what onnxruntime-node computes: %s', async (name, model, exporter, apart) => {
    const record = watchPage(page, served.url);
    const there = await runOnnx(page, served, `${name}.onnx`, inputs);
    const here = await outputsInNode(model, exporter, written.get(name) ?? {});
    expect(there.length).toBe(here.length);
    const largest = Math.max(...here.map(Math.abs));
    const distance = Math.max(...there.map((value, i) => Math.abs(value - (here[i] ?? Number.NaN))));
    expect(distance).toBeLessThanOrEqual(apart * largest);
    expect(largest).toBeGreaterThan(0);
    expect(record).toEqual({ complaints: [], external: [] });
  });
});
