// Graph models in a real browser, loaded by TensorFlow.js from its script tags as a page does, beside Node.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { direct, type Model } from '@mapping-networks/core';
import { tfjs } from '@mapping-networks/export';
import { prune } from '@mapping-networks/prune';
import { quantize } from '@mapping-networks/quantize';
import { cnn2 } from '@mapping-networks/targets';
import {
  chromiumPath,
  inChromium,
  openChromium,
  serveFolder,
  watchPage,
  type ServedFolder,
} from '@mapping-networks/tools/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inputsFor, networkOf } from './support/networks.ts';
import { passed } from './support/passed.ts';

const DECODE = ['eachCall', 'once'] as const;
const CASES = DECODE.flatMap((decode) =>
  (['wasm', 'cpu'] as const).map((backend) => [decode, backend] as const),
);

/** The page: `run(folder, backend, data, shape)` gives the outputs of two calls, and how many tensors are left. */
const PAGE = `<!doctype html><link rel="icon" href="data:,">
<script src="tfjs-core/dist/tf-core.min.js"></script>
<script src="tfjs-backend-cpu/dist/tf-backend-cpu.min.js"></script>
<script src="tfjs-backend-wasm/dist/tf-backend-wasm.min.js"></script>
<script src="tfjs-converter/dist/tf-converter.min.js"></script>
<script>
  run = async (folder, backend, data, shape) => {
    await tf.setBackend(backend);
    const before = tf.memory().numTensors;
    const model = await tf.loadGraphModel(folder + '/model.json');
    const x = tf.tensor(data, shape);
    const outputs = [];
    for (let call = 0; call < 2; call++) {
      const y = model.predict(x);
      outputs.push(Array.from(await y.data()));
      y.dispose();
    }
    x.dispose();
    model.dispose();
    return { outputs, left: tf.memory().numTensors - before };
  };
  document.title = 'ready';
</script>`;

describe.skipIf(!chromiumPath)(inChromium('tfjs-converter'), () => {
  const here: number[] = [];
  let model: Model;
  let browser: Browser;
  let served: ServedFolder;
  let page: Page;

  beforeAll(async () => {
    model = await passed(await passed(networkOf(cnn2(), direct()), prune({ sparsity: 0.9 })), quantize());
    const files: [string, Uint8Array | string][] = [['index.html', PAGE]];
    for (const decode of DECODE) {
      const exporter = tfjs({ decode }).impl;
      const written = await exporter.write(model, {});
      for (const [name, bytes] of Object.entries(written)) files.push([`${decode}/${name}`, bytes]);
      if (here.length > 0) continue;
      const network = await exporter.load(written, model);
      here.push(...(await network.run(inputsFor(model, 3))).data);
      network.dispose();
    }
    const core = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-core/package.json'));
    served = await serveFolder(join(core, '..'), Object.fromEntries(files));
    browser = await openChromium();
    page = await browser.newPage();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await served.close();
  });

  test.each(CASES)('computes what Node computes, weights %s, backend %s', async (decode, backend) => {
    const record = watchPage(page, served.url);
    await page.goto(served.url);
    await page.waitForFunction(() => document.title === 'ready');
    const { data, shape } = inputsFor(model, 3);
    const call = [decode, backend, [...data], shape].map((each) => JSON.stringify(each)).join();
    const { outputs, left } = await page.evaluate<{ outputs: number[][]; left: number }>(`run(${call})`);
    const [first = [], second] = outputs;
    expect(second).toEqual(first);
    expect(left).toBe(0);
    const largest = Math.max(...here.map(Math.abs));
    const distance = Math.max(...first.map((value, i) => Math.abs(value - (here[i] ?? Number.NaN))));
    expect(first.length).toBe(here.length);
    expect(distance).toBeLessThanOrEqual(1e-5 * largest);
    expect(largest).toBeGreaterThan(0);
    expect(record).toEqual({ complaints: [], external: [] });
  });
});
