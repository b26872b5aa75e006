import { createHash } from 'node:crypto';
import { glyphs } from '@mapping-networks/datasets';
import type { DatasetSplits, Split } from '@mapping-networks/core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { linearAccuracy } from './linear-model.ts';

const all = (split: Split) => split.batch(Int32Array.from({ length: split.size }, (_, i) => i));
const sizes = { train: 30, validation: 20, test: 10 };

/** The raw bytes again, for a hash that does not hang on normalisation. */
const bytes = (split: Split) => Uint8Array.from(all(split).x, (value) => Math.round((value + 1) * 127.5));
const hash = (split: Split) => createHash('sha256').update(bytes(split)).digest('hex');

describe('the pictures', () => {
  test('are the same bytes as ever', async () => {
    const { train, validation, test: testing } = await glyphs(sizes).impl.load();
    expect([hash(train), hash(validation), hash(testing)]).toEqual([
      'd73a43ea5abeb6b617a8b78acfdfb9686d45309b713f5f7b50f702c66a23b301',
      '1501f577eed4a9d20591b581dfde2f2f08013cadbdda7ec853e91444405c70e7',
      'b8608e918d2ee6b06693c585d5f97477a349fbc90d272214d2b3ab54a2fc4adc',
    ]);
  });

  test('do not depend on how many are asked for', async () => {
    const few = await glyphs(sizes).impl.load();
    const more = await glyphs({ train: 60, validation: 40, test: 20 }).impl.load();
    expect(more.train.batch([7, 29]).x).toEqual(few.train.batch([7, 29]).x);
    expect(more.test.batch([9]).x).toEqual(few.test.batch([9]).x);
  });

  test('differ between seeds, splits and examples', async () => {
    const [a, b] = await Promise.all([glyphs(sizes).impl.load(), glyphs({ ...sizes, seed: 1 }).impl.load()]);
    const pictures = [a.train, a.validation, a.test, b.train, b.validation, b.test].flatMap((split) =>
      Array.from({ length: split.size }, (_, i) => split.batch([i]).x.join()),
    );
    expect(new Set(pictures).size).toBe(pictures.length);
  });

  test('have ink and paper, and the ink keeps off the border', async () => {
    const { train } = await glyphs({ ...sizes, train: 500 }).impl.load();
    const pixels = bytes(train);
    const mean = Array.from({ length: 784 }, (_, at) => {
      let sum = 0;
      for (let i = 0; i < train.size; i++) sum += pixels[784 * i + at] ?? 0;
      return sum / train.size;
    });
    const border = mean.filter((_, at) => at < 28 || at >= 756 || at % 28 === 0 || at % 28 === 27);
    expect(Math.max(...border)).toBeLessThan(15);
    expect(Math.max(...mean)).toBeGreaterThan(60);
    for (let i = 0; i < train.size; i++) {
      const inked = pixels.subarray(784 * i, 784 * (i + 1)).filter((value) => value > 127).length;
      expect(inked).toBeGreaterThan(12);
      expect(inked).toBeLessThan(300);
    }
  });

  test('at difficulty 0 vary in nothing but the way of writing', async () => {
    const { train } = await glyphs({ ...sizes, train: 200, difficulty: 0 }).impl.load();
    const ones = Array.from({ length: 20 }, (_, i) => train.batch([10 * i + 1]).x.join());
    expect(new Set(ones).size).toBe(3);
  });
});

describe('the default sizes', () => {
  let whole: DatasetSplits;
  beforeAll(async () => {
    whole = await glyphs().impl.load();
  });

  test('are 12,000, 2,000 and 2,000 with balanced classes', () => {
    const { info, train, validation, test: testing } = whole;
    expect([train.size, validation.size, testing.size]).toEqual([12_000, 2_000, 2_000]);
    for (const split of [train, validation, testing]) {
      const labels = all(split).y;
      const counts = info.classes.map((_, label) => labels.filter((y) => y === label).length);
      expect(counts).toEqual(info.classes.map(() => split.size / 10));
    }
  });

  test('are too hard for a linear model, really trained: it stays under 93 %', () => {
    const accuracy = linearAccuracy(whole.train, whole.test, 10, 5, 0.03);
    expect(accuracy).toBeLessThan(0.93);
    expect(accuracy).toBeGreaterThan(0.8);
  });
});

test('validation may be empty, and changes nothing else', async () => {
  const [some, none] = await Promise.all(
    [20, 0].map((validation) => glyphs({ ...sizes, validation }).impl.load()),
  );
  expect(none?.validation.size).toBe(0);
  expect(none?.train.batch([0, 7])).toEqual(some?.train.batch([0, 7]));
  expect(none?.test.batch([0, 7])).toEqual(some?.test.batch([0, 7]));
});

test('batches hold inputs in [-1, 1] of the declared shape', async () => {
  const { info, train } = await glyphs(sizes).impl.load();
  const { x, y, size } = train.batch([3, 1, 4]);
  expect([info.inputShape, size, x.length, y]).toEqual([[28, 28, 1], 3, 3 * 784, Int32Array.of(3, 1, 4)]);
  expect(x.every((value) => value >= -1 && value <= 1)).toBe(true);
});

test('loading stops when it is told to', async () => {
  const controller = new AbortController();
  const loading = glyphs().impl.load({ signal: controller.signal });
  setTimeout(() => controller.abort(new Error('enough')), 5);
  await expect(loading).rejects.toThrow('enough');
});

test('options that cannot be are refused', () => {
  const wrong = fc.constantFrom(
    { train: 0 },
    { test: 1.5 },
    { difficulty: -1 },
    { seed: -1 },
    { augment: { shift: -2 } },
  );
  fc.assert(
    fc.property(wrong, (options) => {
      expect(() => glyphs(options)).toThrow(expect.objectContaining({ code: 'CORE_INVALID_OPTIONS' }));
    }),
  );
});
