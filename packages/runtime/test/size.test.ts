// What a page loads: few bytes, nothing else, and code that runs without Node.
import { mapping } from '@mapping-networks/core';
import { feedForward } from '@mapping-networks/targets';
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { bundleOf } from './support/bundles.ts';
import { bundled } from './support/page.ts';

const page = (names: string): ReturnType<typeof bundled> =>
  bundled(`export { ${names} } from '@mapping-networks/runtime';`);

describe('a page that loads a network and runs it', () => {
  test('gets at most 6,144 bytes of the runtime, and nothing else', async () => {
    const { bytes, imports } = await page('load, softmax');
    expect(imports).toEqual([]);
    expect(bytes).toBeLessThanOrEqual(6144);
  });

  test('needs nothing but the language and the encoding of texts', async () => {
    const target = feedForward({ input: [4], layers: [{ type: 'dense', units: 2 }] });
    const files = bundleOf(target, mapping({ latentDim: 3 }));
    const { code } = await page('load, softmax');
    const result: unknown = await runInNewContext(
      `${code};
      const files = { 'latent.safetensors': Uint8Array.from(bytes), 'config.json': config };
      page.load(files).then(({ hash, run }) => JSON.stringify([hash, page.softmax(run([1, 0, 0, 0])).length]))`,
      { bytes: [...files['latent.safetensors']], config: files['config.json'], TextDecoder, TextEncoder },
    );
    const { fingerprint } = JSON.parse(files['config.json']) as { readonly fingerprint: string };
    expect(result).toBe(JSON.stringify([fingerprint, 2]));
  });
});

test('README states the sizes, to 1 %', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const rows = [...readme.matchAll(/^\| `(load[^|`]*)` +\| +([\d,]+) +\|/gm)];
  expect(rows.length).toBeGreaterThan(4);
  for (const [, names = '', stated = ''] of rows) {
    const { bytes } = await page(names);
    expect(Math.abs(Number(stated.replace(',', '')) / bytes - 1), `${names}: ${bytes}`).toBeLessThan(0.01);
  }
});
