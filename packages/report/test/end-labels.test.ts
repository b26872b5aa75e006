// Names at the ends of lines keep their order and their distance, and stay on the chart when there is room.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spread } from '../src/chart/end-labels.ts';

describe('spread', () => {
  it('keeps order and distance, and stays between its limits', () => {
    const positions = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 10 });
    fc.assert(
      fc.property(positions, (all) => {
        const placed = spread(all, 10, { from: 0, to: 100 });
        const byRank = all
          .map((_, index) => index)
          .toSorted((a, b) => (all[a] ?? 0) - (all[b] ?? 0) || a - b);
        const sorted = byRank.map((index) => placed[index] ?? 0);
        sorted
          .slice(1)
          .forEach((place, i) => expect(place - (sorted[i] ?? 0)).toBeGreaterThanOrEqual(10 - 1e-9));
        for (const place of placed) expect(place >= -1e-9 && place <= 100 + 1e-9).toBe(true);
      }),
    );
  });

  it('leaves alone what is far enough apart', () => {
    expect(spread([50, 10, 90], 10, { from: 0, to: 100 })).toEqual([50, 10, 90]);
  });
});
