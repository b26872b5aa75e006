// The tab that trains, in a real browser: a run is stopped, taken up again, finished, downloaded and drawn with.
import { readFile } from 'node:fs/promises';
import { createRegistry, decodeBundle, hadamard, mapping, modelFingerprint } from '@mapping-networks/core';
import { feedForward } from '@mapping-networks/targets';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type BuiltPage } from '../built-page.ts';

const stepOf = (page: Page): Promise<number> =>
  page.locator('#bar').evaluate((bar: HTMLProgressElement) => bar.value);

/** How many points the curve of the loss has. */
const pointsOf = async (page: Page): Promise<number> =>
  (await page.locator('#chart .loss').getAttribute('points'))?.split(' ').length ?? 0;

const download = async (page: Page, link: string): Promise<Buffer> => {
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator(link).click()]);
  return readFile(await file.path());
};

/** `built` gives the page once tests run. */
export const trainingSuite = (built: () => BuiltPage): void => {
  test('stops, resumes where it was, ends, and gives a bundle that Node loads', async () => {
    const { page, record } = await built().open();
    await page.locator('#tab-train').click();
    await page.locator('#epochs').fill('2');
    await page.locator('#start').click();
    await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) > 0);
    expect(page.workers()).toHaveLength(1);
    // The chart grows while the worker trains.
    const early = await pointsOf(page);
    await expect.poll(() => pointsOf(page), { timeout: 30_000 }).toBeGreaterThan(early);
    await page.locator('#stop').click();
    await page.locator('#resume:enabled').waitFor();
    const stopped = await stepOf(page);
    expect(stopped).toBeGreaterThan(0);
    expect(stopped).toBeLessThan(1);
    expect(await page.locator('#progress').textContent()).toContain('resumed');

    await page.locator('#resume').click();
    await expect.poll(() => page.locator('#progress').textContent(), { timeout: 90_000 }).toMatch(/^Done: /);
    expect(await stepOf(page)).toBe(1);
    expect(await page.locator('#chart .accuracy').getAttribute('points')).toMatch(/\d+ /);

    const files = {
      'latent.safetensors': new Uint8Array(await download(page, '#download-latent')),
      'config.json': (await download(page, '#download-config')).toString(),
    };
    const model = decodeBundle(files, createRegistry([feedForward, mapping, hadamard]));
    expect(model.trainables['z']?.shape).toEqual([1024]);
    expect(model.metrics?.['test.accuracy']).toBeGreaterThan(0.5);

    await page.locator('#use').click();
    await page.locator('#tab-draw[aria-selected="true"]').waitFor();
    await page.locator(`#facts[data-hash="${modelFingerprint(model)}"]`).waitFor();
    await page.locator('#shipped').click();
    await page
      .locator('#network-name', { hasText: '4 convolutions and 2 dense layers, trained on mnist' })
      .waitFor();
    expect(record).toEqual({ complaints: [], external: [] });
  }, 120_000);
};
