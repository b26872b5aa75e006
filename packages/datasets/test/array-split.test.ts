import { randomKey } from '@mapping-networks/core';
import { arraySplit, type Layout } from '@mapping-networks/datasets';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const images = (height: number, width: number, channels = 1): Layout => ({
  inputShape: [height, width, channels],
  task: 'classification',
  normalization: { scale: 255, mean: 0.5, std: 0.5 },
});

describe('a batch', () => {
  test('normalises bytes as the formula says', () => {
    const inputs = Uint8Array.from({ length: 256 }, (_, raw) => raw);
    const { x } = arraySplit(images(16, 16), { inputs, labels: Uint8Array.of(0) }).batch([0]);
    for (let raw = 0; raw < 256; raw++) expect(x[raw]).toBe(Math.fround((raw / 255 - 0.5) / 0.5));
  });

  test('normalises floats as the formula says', () => {
    const layout: Layout = {
      inputShape: [2],
      task: 'regression',
      normalization: { scale: 2, mean: 1, std: 4 },
    };
    const split = arraySplit(layout, { inputs: Float32Array.of(2, 10), labels: Float32Array.of(0.5) });
    expect(split.batch([0])).toEqual({ size: 1, x: Float32Array.of(0, 1), y: Float32Array.of(0.5) });
  });

  test('gathers any indices in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 30 }), (indices) => {
        const inputs = Uint8Array.from({ length: 40 }, (_, i) => i);
        const labels = Uint8Array.from({ length: 10 }, (_, i) => i);
        const { x, y, size } = arraySplit(images(2, 2), { inputs, labels }).batch(indices);
        expect([size, [...y]]).toEqual([indices.length, indices]);
        const raw = indices.flatMap((i) => [4 * i, 4 * i + 1, 4 * i + 2, 4 * i + 3]);
        expect([...x].map((value) => Math.round((value + 1) * 127.5))).toEqual(raw);
      }),
    );
  });

  test('follows the rows of the split', () => {
    const data = { inputs: Float32Array.of(10, 11, 12), labels: Int32Array.of(0, 1, 2) };
    const layout: Layout = {
      inputShape: [1],
      task: 'classification',
      normalization: { scale: 1, mean: 0, std: 1 },
    };
    const split = arraySplit(layout, data, { rows: Int32Array.of(2, 0) });
    expect(split.size).toBe(2);
    expect(split.batch([0, 1])).toEqual({ size: 2, x: Float32Array.of(12, 10), y: Int32Array.of(2, 0) });
  });

  test('refuses inputs that do not fit the labels', () => {
    const data = { inputs: Uint8Array.of(1, 2, 3), labels: Uint8Array.of(0, 0) };
    expect(() => arraySplit(images(1, 1), data)).toThrow(/2 labels .*\[1, 1, 1\] need 2 values, got 3/);
  });

  test.each([-1, 3])('refuses row %i of three', (row) => {
    const data = { inputs: Uint8Array.of(1, 2, 3), labels: Uint8Array.of(0, 0, 0) };
    expect(() => arraySplit(images(1, 1), data, { rows: Int32Array.of(0, row) })).toThrow(
      expect.objectContaining({ code: 'DATASETS_STRAY_ROW' }),
    );
  });

  test.each([-1, 3, 0.5, Number.NaN])('refuses index %s', (index) => {
    const split = arraySplit(images(1, 1), {
      inputs: Uint8Array.of(1, 2, 3),
      labels: Uint8Array.of(0, 0, 0),
    });
    expect(() => split.batch([0, index])).toThrow(
      expect.objectContaining({ code: 'DATASETS_INDEX_OUT_OF_RANGE' }),
    );
  });
});

describe('shift augmentation', () => {
  /** Every pixel has a value of its own, none is background, so that a shifted picture tells its offset. */
  const picture = (height: number, width: number, channels: number): Uint8Array =>
    Uint8Array.from({ length: height * width * channels }, (_, i) => i + 1);

  /** Moved by (down, right), one pixel at a time. */
  const moved = (
    raw: Uint8Array,
    [height, width, channels]: readonly number[],
    down: number,
    right: number,
  ): string => {
    const [h = 0, w = 0, c = 0] = [height, width, channels];
    const out = new Uint8Array(raw.length);
    for (let y = 0; y < h; y++) {
      for (let x = 0; x < w; x++) {
        const [v, u] = [y - down, x - right];
        if (v < 0 || v >= h || u < 0 || u >= w) continue;
        for (let k = 0; k < c; k++) out[(y * w + x) * c + k] = raw[(v * w + u) * c + k] ?? 0;
      }
    }
    return out.join();
  };

  test('moves each picture by whole pixels within the limit and fills with background', () => {
    const shape = fc.tuple(
      fc.integer({ min: 2, max: 7 }),
      fc.integer({ min: 2, max: 7 }),
      fc.integer({ min: 1, max: 3 }),
    );
    fc.assert(
      fc.property(shape, fc.integer({ min: 1, max: 6 }), fc.nat(), (sides, most, seed) => {
        const shift = Math.min(most, sides[0] - 1, sides[1] - 1);
        const inputs = picture(...sides);
        const split = arraySplit(
          images(...sides),
          { inputs, labels: Uint8Array.of(0) },
          { augment: { shift } },
        );
        const { x } = split.batch([0, 0, 0], randomKey(seed));
        const all = Array.from({ length: 2 * shift + 1 }, (_, i) => i - shift);
        const possible = new Set(
          all.flatMap((down) => all.map((right) => moved(inputs, sides, down, right))),
        );
        for (let p = 0; p < 3; p++) {
          const raw = x
            .subarray(p * inputs.length, (p + 1) * inputs.length)
            .map((value) => Math.round((value + 1) * 127.5));
          expect(possible).toContain(raw.join());
        }
      }),
    );
  });

  const inputs = picture(5, 5, 1);
  const repeated = { inputs, labels: Uint8Array.of(0) };
  const split = arraySplit(images(5, 5), repeated, { augment: { shift: 1 } });
  const pictures = (count: number, seed: number): string[] => {
    const { x } = split.batch(new Int32Array(count), randomKey(seed));
    return Array.from({ length: count }, (_, p) => x.subarray(25 * p, 25 * p + 25).join());
  };

  test('takes all (2k + 1)² offsets about equally often', () => {
    const counts = new Map<string, number>();
    for (const key of pictures(9_000, 3)) counts.set(key, (counts.get(key) ?? 0) + 1);
    expect(counts.size).toBe(9);
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1_000) ** 2 / 1_000, 0);
    expect(chiSquare).toBeLessThan(26.1); // 8 degrees of freedom, p = 0.001
  });

  test('depends on the key and the position in the batch, not on the batch size', () => {
    expect(pictures(20, 1)).toEqual(pictures(20, 1));
    expect(pictures(40, 1).slice(0, 20)).toEqual(pictures(20, 1));
    expect(pictures(20, 2)).not.toEqual(pictures(20, 1));
  });

  test('happens only with a key, and only where the split has it', () => {
    const plain = arraySplit(images(5, 5), repeated);
    expect(plain.batch([0], randomKey(1))).toEqual(plain.batch([0]));
    expect(split.batch([0])).toEqual(plain.batch([0]));
  });

  test.each([-1, 0.5, Number.NaN, 5])('refuses a shift of %s', (shift) => {
    expect(() => arraySplit(images(5, 5), repeated, { augment: { shift } })).toThrow(
      expect.objectContaining({ code: 'DATASETS_UNFIT_AUGMENTATION' }),
    );
  });

  test('refuses inputs that are not images', () => {
    const layout: Layout = { ...images(5, 5), inputShape: [25] };
    expect(() => arraySplit(layout, repeated, { augment: { shift: 1 } })).toThrow(
      expect.objectContaining({ code: 'DATASETS_UNFIT_AUGMENTATION' }),
    );
  });
});
