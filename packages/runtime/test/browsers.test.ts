// The weights in real browsers: their hashes are those of Node, for every kind of mapping. Two engines that have nothing in
// common with each other, V8 and SpiderMonkey, get the same page.
import {
  dense,
  direct,
  encodeBundle,
  hadamard,
  int32,
  mapping,
  modelFingerprint,
  oneHot,
  type MappingInput,
  type Model,
  type Part,
} from '@mapping-networks/core';
import { lowRank } from '@mapping-networks/low-rank';
import { masked } from '@mapping-networks/prune';
import { fakeQuantized } from '@mapping-networks/quantize';
import { cnn2, mlp } from '@mapping-networks/targets';
import {
  chromiumPath,
  firefoxPath,
  inChromium,
  inFirefox,
  openChromium,
  openFirefox,
  serveAsking,
} from '@mapping-networks/tools/browser';
import { beforeAll, describe, expect, test } from 'vitest';
import { modelOf } from './support/bundles.ts';
import { bundled } from './support/page.ts';

const small = mlp({ inputShape: [12, 12, 1], hidden: [32], classes: 10 });
const mapped = (options: Partial<MappingInput>): Part<'parameterization'> =>
  mapping({ latentDim: 96, ...options });

const MODELS: Readonly<Record<string, Model>> = {
  'CNN2 from 2,048 numbers': modelOf(cnn2(), mapping({ latentDim: 2048 })),
  hadamard: modelOf(small, mapped({ projection: hadamard(), activation: { type: 'tanh' } })),
  oneHot: modelOf(small, mapped({ projection: oneHot(), modulation: { type: 'linear', alpha: 0.3 } })),
  dense: modelOf(small, mapped({ projection: dense(), modulation: { type: 'vector', alpha: 0.1 } })),
  'layer by layer': modelOf(small, mapped({ strategy: 'layerwise', activation: { type: 'sin', omega: 7 } })),
  direct: modelOf(small, direct()),
  'low rank by energy, in fewer bits': modelOf(
    small,
    fakeQuantized({
      type: 'int4',
      range: 'mse',
      symmetric: false,
      inner: lowRank({ energy: 0.7, inner: mapped({}) }),
    }),
  ),
  'a mask, coded by the weights before it': modelOf(
    small,
    masked({ inner: lowRank({ rank: 4, inner: mapped({ activation: { type: 'tanh' } }) }) }),
    // Bits of Knuth's multiplier, none behind the last of 4,970 weights.
    { mask: int32(Int32Array.from({ length: 156 }, (_, i) => (i < 155 ? Math.imul(i + 1, 0x9e3779b1) : 0))) },
  ),
  'half precision': modelOf(small, fakeQuantized({ type: 'float16', inner: mapped({}), bias: true })),
};

const expected = Object.fromEntries(
  Object.entries(MODELS).map(([name, model]) => [name, modelFingerprint(model)]),
);

/** Of a page that loads all bundles and answers with their hashes. */
let script = '';
beforeAll(async () => {
  const { code } = await bundled(`export { everything, load } from '@mapping-networks/runtime';`);
  const bundles = Object.entries(MODELS).map(([name, model]) => {
    const { 'latent.safetensors': latent, 'config.json': config } = encodeBundle(model);
    return [name, Buffer.from(latent).toString('base64'), config];
  });
  script = `${code};
    globalThis.answer = Promise.all(${JSON.stringify(bundles)}.map(async ([name, latent, config]) => {
      const bytes = Uint8Array.from(atob(latent), (letter) => letter.charCodeAt(0));
      const { hash } = await page.load({ 'latent.safetensors': bytes, 'config.json': config }, page.everything);
      return [name, hash];
    })).then((hashes) => ({ engine: navigator.userAgent, ...Object.fromEntries(hashes) }))`;
});

type Visit = (url: string) => Promise<{ readonly ended?: Promise<string>; close(): Promise<void> }>;

const hashesIn = async (visit: Visit): Promise<unknown> => {
  const page = await serveAsking(script);
  const browser = await visit(page.url);
  try {
    const gone = browser.ended?.then((said) => Promise.reject(new Error(`It ended: ${said}`)));
    return JSON.parse(await Promise.race([page.answer, ...(gone ? [gone] : [])]));
  } finally {
    await browser.close();
    await page.close();
  }
};

describe.skipIf(!chromiumPath)(inChromium('all weights'), () => {
  test('have the hashes that they have in Node', async () => {
    const hashes = await hashesIn(async (url) => {
      const browser = await openChromium();
      await (await browser.newPage()).goto(url);
      return browser;
    });
    expect(hashes).toEqual({ engine: expect.stringContaining('Chrome') as string, ...expected });
  });
});

describe.skipIf(!firefoxPath)(inFirefox('all weights'), () => {
  // Its first start with a fresh profile takes seconds.
  test('have the hashes that they have in Node', { timeout: 120_000 }, async () => {
    const hashes = await hashesIn(openFirefox);
    expect(hashes).toEqual({ engine: expect.stringContaining('Firefox') as string, ...expected });
  });
});
