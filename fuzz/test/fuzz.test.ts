// The fuzzers with fewer cases than `npm run fuzz`: no hostile file is taken, nothing crashes, hangs or grows.
import { describe, expect, test } from 'vitest';
import { FORMATS } from '../src/formats/all.ts';
import { campaign } from '../src/oracle/campaign.ts';

describe.each(FORMATS)('$name', (format) => {
  test('300 hostile inputs', async () => {
    // Half a minute is no measure of speed: it tells a reader that never ends from a busy machine.
    const { counts, findings } = await campaign(format, { hostile: 300, seed: 1, mostMs: 30_000 });
    expect(findings).toEqual([]);
    expect(counts.rejected).toBe(300);
    // The attacks reach the reader: those that do no harm are taken.
    expect(counts.equal).toBeGreaterThan(0);
  });
});
