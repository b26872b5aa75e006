// Strokes by real mouse events, in places 0 … 1 of the pad.
import type { Page } from 'playwright-core';
import type { Trace } from './trace-digit.ts';

/** Draws them one after the other. */
export const drawByMouse = async (page: Page, strokes: readonly Trace[]): Promise<void> => {
  const pad = page.locator('#pad');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (!box) throw new Error('Expected the pad to be on the page.');
  const move = ([x, y]: Trace[number]): Promise<void> =>
    page.mouse.move(box.x + x * box.width, box.y + y * box.height);
  for (const [first, ...others] of strokes) {
    if (first === undefined) continue;
    await move(first);
    await page.mouse.down();
    // As fast as a hand may be: the browser hands several places over at once.
    await Promise.all(others.map(move));
    await page.mouse.up();
  }
};
