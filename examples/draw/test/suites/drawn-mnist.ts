// Real digits of MNIST's test split, traced as strokes, drawn by the mouse, read by the page: one of each class, the
// first of the split, chosen by nothing else.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Split } from '@mapping-networks/core';
import { mnist } from '@mapping-networks/datasets';
import { expect, test } from 'vitest';
import { type BuiltPage } from '../built-page.ts';
import { drawByMouse } from '../draw-strokes.ts';
import { traceDigit } from '../trace-digit.ts';

const data = process.env['MAPPING_NETWORKS_DATA'];
const absent = !data || !existsSync(join(data, 'mnist'));
const title = absent
  ? 'MNIST drawn by mouse: skipped, MAPPING_NETWORKS_DATA names no folder with mnist'
  : 'MNIST drawn by mouse';

/** The first example of each digit. */
const firstOfEach = (split: Split): { label: number; pixels: Float32Array }[] =>
  Array.from({ length: 10 }, (_, label) => {
    for (let i = 0; i < split.size; i++) {
      const { x, y } = split.batch([i]);
      if (y[0] === label) return { label, pixels: Float32Array.from(x, (value) => (value + 1) / 2) };
    }
    throw new Error(`Expected a ${label} in the split.`);
  });

/** `built` gives the page once tests run. */
export const drawnMnistSuite = (built: () => BuiltPage): void => {
  test.skipIf(absent)(
    `${title}: at least nine of ten are read`,
    async () => {
      const { test: split } = await mnist().impl.load();
      const { page, record } = await built().open();
      const read: string[] = [];
      for (const { pixels } of firstOfEach(split)) {
        await page.locator('#clear').click();
        await drawByMouse(page, traceDigit(pixels, 28));
        // The reading follows with the next frame, and is on the page when the one after begins.
        await page.evaluate(
          () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
        );
        read.push((await page.locator('#reading').textContent()) ?? '');
      }
      const right = read.filter((digit, label) => digit === String(label));
      expect(right.length, read.join(' ')).toBeGreaterThanOrEqual(9);
      expect(record).toEqual({ complaints: [], external: [] });
    },
    120_000,
  );
};
