// The tab that reads, in a real browser: the same weights as in Node, pointer, finger and keyboard, nothing from
// elsewhere.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRegistry, decodeBundle, hadamard, mapping, modelFingerprint } from '@mapping-networks/core';
import { feedForward } from '@mapping-networks/targets';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { example, type BuiltPage } from '../built-page.ts';
import { drawByMouse } from '../draw-strokes.ts';

/** Waits until the page reads this. */
const reads = async (page: Page, digit: string): Promise<void> => {
  await expect.poll(() => page.locator('#reading').textContent(), { timeout: 20_000 }).toBe(digit);
};

/** A seven, in places of the pad. */
const SEVEN = [
  [
    [0.25, 0.2],
    [0.5, 0.2],
    [0.75, 0.2],
    [0.6, 0.5],
    [0.45, 0.85],
  ],
] as const;

/** Behind everything: what `--ground` of style/colours.css is. */
const GROUNDS = [
  ['light', 'rgb(244, 245, 247)'],
  ['dark', 'rgb(20, 22, 26)'],
] as const;

/** `built` gives the page once tests run. */
export const readingSuite = (built: () => BuiltPage): void => {
  test('makes the weights that Node makes, bit for bit', async () => {
    const { page, record } = await built().open();
    const files = {
      'latent.safetensors': new Uint8Array(await readFile(join(example, 'public/latent.safetensors'))),
      'config.json': await readFile(join(example, 'public/config.json'), 'utf8'),
    };
    const model = decodeBundle(files, createRegistry([feedForward, mapping, hadamard]));
    expect(await page.locator('#facts').getAttribute('data-hash')).toBe(modelFingerprint(model));
    expect(record).toEqual({ complaints: [], external: [] });
  });

  test('says what it loaded as the server counts it', async () => {
    const { page } = await built().open();
    const figures = await page.locator('#loaded tr').allTextContents();
    const { length } = await readFile(join(example, 'public/latent.safetensors'));
    expect(figures).toContainEqual(expect.stringContaining(`${length.toLocaleString('en')} B`));
    expect(figures.at(-1)).toContain('2,151,976 B');
    const [total, ...parts] = figures
      .slice(0, -1)
      .map((row) => Number(/([\d,]+) B$/.exec(row)?.[1]?.replaceAll(',', '')))
      .toReversed();
    expect(parts.length).toBe(6);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
  });

  test('reads what the mouse draws, undoes it stroke by stroke, and clears', async () => {
    const { page, record } = await built().open();
    await reads(page, '–');
    await drawByMouse(page, SEVEN);
    await reads(page, '7');
    await page.locator('#spoken', { hasText: /^It reads 7, \d+\.\d %$/ }).waitFor({ state: 'attached' });
    await drawByMouse(page, [[[0.1, 0.9]]]);
    await page.locator('#undo').click();
    await reads(page, '7');
    await page.locator('#clear').click();
    await reads(page, '–');
    expect(record).toEqual({ complaints: [], external: [] });
  });

  test('reads what is drawn by keyboard alone', async () => {
    const { page } = await built().open();
    const press = async (key: string, times = 1): Promise<void> => {
      for (let i = 0; i < times; i++) await page.keyboard.press(key);
    };
    for (
      let i = 0;
      i < 10 && !(await page.locator('#pad').evaluate((pad) => pad === document.activeElement));
      i++
    )
      await press('Tab');
    await press('ArrowUp', 3);
    await press(' ');
    await press('ArrowDown', 18);
    await press(' ');
    await reads(page, '1');
    await press('Delete');
    await reads(page, '–');
    await press('Tab');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('undo');
    const outline = await page.evaluate(
      () => getComputedStyle(document.activeElement ?? document.body).outlineStyle,
    );
    expect(outline).toBe('solid');
  });

  test('reads what a finger draws, and does not scroll meanwhile', async () => {
    const { page, record } = await built().open({ viewport: { width: 360, height: 740 }, hasTouch: true });
    const box = await page.locator('#pad').boundingBox();
    const client = await page.context().newCDPSession(page);
    const [stroke] = SEVEN;
    const at = ([x, y]: readonly [number, number]): { x: number; y: number } => ({
      x: (box?.x ?? 0) + x * (box?.width ?? 0),
      y: (box?.y ?? 0) + y * (box?.height ?? 0),
    });
    const touch = (
      type: 'touchStart' | 'touchMove' | 'touchEnd',
      places: { x: number; y: number }[],
    ): Promise<unknown> => client.send('Input.dispatchTouchEvent', { type, touchPoints: places });
    await touch('touchStart', [at(stroke[0])]);
    for (const place of stroke.slice(1)) await touch('touchMove', [at(place)]);
    await touch('touchEnd', []);
    await reads(page, '7');
    expect(await page.evaluate(() => scrollY)).toBe(0);
    expect(record).toEqual({ complaints: [], external: [] });
  });

  test('a pen that is pressed harder draws a wider line', async () => {
    const { page } = await built().open();
    const box = await page.locator('#pad').boundingBox();
    const client = await page.context().newCDPSession(page);
    const inked = async (force: number): Promise<number> => {
      for (const [type, y] of [
        ['mousePressed', 0.3],
        ['mouseMoved', 0.7],
        ['mouseReleased', 0.7],
      ] as const) {
        const place = { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + y * (box?.height ?? 0) };
        await client.send('Input.dispatchMouseEvent', {
          ...place,
          type,
          force,
          pointerType: 'pen',
          button: 'left',
          buttons: 1,
          clickCount: 1,
        });
      }
      const count = await page.locator('#pad').evaluate((pad: HTMLCanvasElement) => {
        const pixels = pad.getContext('2d')?.getImageData(0, 0, pad.width, pad.height).data ?? [];
        return Array.from(pixels).filter((value, i) => i % 4 === 3 && value > 0).length;
      });
      await page.locator('#clear').click();
      return count;
    };
    const [light, firm] = [await inked(0.1), await inked(0.9)];
    expect(light).toBeGreaterThan(0);
    expect(firm).toBeGreaterThan(1.5 * light);
  });

  test.each([320, 360, 768, 1280])('fits into %i pixels, light and dark, on both tabs', async (width) => {
    const { page, record } = await built().open({ viewport: { width, height: 900 } });
    await drawByMouse(page, SEVEN);
    await reads(page, '7');
    for (const [colorScheme, colour] of GROUNDS) {
      await page.emulateMedia({ colorScheme });
      for (const tab of ['draw', 'train']) {
        await page.locator(`#tab-${tab}`).click();
        const { scrollWidth, ground } = await page.evaluate(() => ({
          scrollWidth: document.documentElement.scrollWidth,
          ground: getComputedStyle(document.body).backgroundColor,
        }));
        expect(scrollWidth).toBe(width);
        expect(ground).toBe(colour);
        await screenshot(page, `${tab}-${width}-${colorScheme}`);
      }
    }
    expect(record).toEqual({ complaints: [], external: [] });
  });

  test('changes its colours by the button, and remembers', async () => {
    const { page } = await built().open({ colorScheme: 'light' });
    const ground = (): Promise<string> =>
      page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.locator('#theme').click();
    expect(await ground()).toBe('rgb(20, 22, 26)');
    await page.reload();
    expect(await ground()).toBe('rgb(20, 22, 26)');
    expect(await page.locator('#theme').getAttribute('aria-pressed')).toBe('true');
  });
};

/** Kept where DRAW_SCREENSHOTS names a folder, to be looked at. */
const screenshot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['DRAW_SCREENSHOTS'];
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
};
