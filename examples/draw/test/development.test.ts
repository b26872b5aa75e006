// The page as `npm run draw` serves it, from a cache that is still empty: what a training needs has to be known before one
// starts, or else the server loads the page anew in the middle of it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumPath, inChromium, openChromium } from '@mapping-networks/tools/browser';
import type { Browser } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { example } from './built-page.ts';

describe.skipIf(!chromiumPath)(inChromium('the page while it is developed'), () => {
  let cacheDir: string;
  let server: ViteDevServer;
  let browser: Browser;
  beforeAll(async () => {
    cacheDir = await mkdtemp(join(tmpdir(), 'draw-cache-'));
    const configFile = join(example, 'vite.config.ts');
    server = await createServer({ configFile, cacheDir, logLevel: 'silent', server: { port: 0 } });
    await server.listen();
    browser = await openChromium();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await server.close();
    await rm(cacheDir, { recursive: true, force: true });
  });

  test('trains at the first try, and says that its scripts are not built', async () => {
    const page = await browser.newPage();
    await page.goto(server.resolvedUrls?.local[0] ?? '');
    await page.locator('#facts[data-hash]').waitFor();
    expect(await page.locator('#loaded').textContent()).toContain('not built');
    let loads = 0;
    page.on('load', () => void loads++);
    await page.locator('#tab-train').click();
    await page.locator('#epochs').fill('1');
    await page.locator('#start').click();
    await expect.poll(() => page.locator('#progress').textContent(), { timeout: 60_000 }).toMatch(/^Done: /);
    expect(loads).toBe(0);
  }, 120_000);
});
