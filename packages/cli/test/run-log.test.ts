// log.jsonl: what is written is read again, whatever was torn, repeated or superseded; anything else is refused.
import { float32 } from '@mapping-networks/core';
import fc from 'fast-check';
import { appendFile, readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { coordinatesOf, isSampled } from '../src/run-log/latent.ts';
import { decodeLogLine, encodeLogLine, type LogLine } from '../src/run-log/log-line.ts';
import { readRunLog } from '../src/run-log/read-log.ts';
import { openRunLog } from '../src/run-log/write-log.ts';
import { emptyFolder } from './mapnet.ts';

const line = (step: number, more: Partial<LogLine> = {}): LogLine => ({
  step,
  epoch: 1,
  loss: 1 / (step + 1),
  learningRate: 0.1,
  metrics: { accuracy: 0.5 },
  terms: { crossEntropy: 0.25 },
  norm: 2,
  moved: 1,
  ...more,
});

const z = (...values: readonly number[]) => ({ z: float32(Float32Array.from(values)) });

const step = (at: number, values: readonly number[], steps = 4) => ({
  type: 'step' as const,
  step: at,
  steps,
  epoch: 1,
  loss: 0.5,
  learningRate: 0.1,
  metrics: {},
  terms: {},
  trainables: z(...values),
});

/** The log of a folder, from these texts. */
const logOf = async (...texts: readonly string[]): Promise<string> => {
  const folder = await emptyFolder();
  await writeFile(join(folder, 'log.jsonl'), texts.join(''));
  return folder;
};

describe('a line', () => {
  it('keeps six digits of a number, and says of others only that they are none', () => {
    const read = decodeLogLine(
      encodeLogLine(line(3, { loss: Math.PI * 1e5, norm: Number.NaN, moved: Infinity })),
    );
    expect(read).toMatchObject({ step: 3, loss: 314_159, norm: null, moved: null });
  });

  it('keeps a latent bit for bit', () => {
    fc.assert(
      fc.property(
        fc.float32Array({ noNaN: true, noDefaultInfinity: true, minLength: 1, maxLength: 50 }),
        (latent) => {
          const read = decodeLogLine(encodeLogLine(line(1, { latent, of: 100 })));
          expect(new Uint32Array((read.latent ?? Float32Array.of()).buffer)).toEqual(
            new Uint32Array(latent.slice().buffer),
          );
          expect(read.of).toBe(100);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('leaves out a latent with numbers that are not finite', () => {
    expect(
      decodeLogLine(encodeLogLine(line(1, { latent: Float32Array.of(1, Number.NaN), of: 2 }))).latent,
    ).toBeUndefined();
  });

  it.each([
    ['', 'not JSON'],
    ['{}', 'step'],
    [JSON.stringify({ ...line(1), step: -1 }), 'step'],
    [JSON.stringify({ ...line(1), step: 2 ** 53 }), 'step'],
    [JSON.stringify({ ...line(1), more: 1 }), 'more'],
    [JSON.stringify(line(1)).replace('"accuracy":', '"__proto__":'), '__proto__'],
    [JSON.stringify(line(1)).replace('"accuracy":', '"constructor":'), 'constructor'],
    [JSON.stringify(line(1)).replace('0.25', '1e999'), '1e999'],
    [JSON.stringify({ ...line(1), latent: 'AAAA', coordinates: 1, of: 1 }), '3 bytes, expected 4'],
    [JSON.stringify({ ...line(1), latent: 'AADAfw==', coordinates: 1, of: 1 }), 'not finite'],
    [JSON.stringify({ ...line(1), latent: 'AAAAAA==' }), 'together'],
    [JSON.stringify({ ...line(1), latent: 'AAAAAA==', coordinates: 1, of: 0 }), 'of'],
    [JSON.stringify({ ...line(1), latent: 'A'.repeat(50_000), coordinates: 1, of: 1 }), 'latent'],
  ])('is refused as %s', (text, words) => {
    expect(() => decodeLogLine(text)).toThrow(words);
  });
});

describe('reading a log', () => {
  it('gives nothing where there is none', async () => {
    expect(await readRunLog(await emptyFolder())).toEqual([]);
  });

  it('lets a line supersede all earlier ones of its step and later, and drops a torn last line', async () => {
    const first = [0, 1, 2, 3, 4].map((at) => encodeLogLine(line(at)));
    const again = [3, 4].map((at) => encodeLogLine(line(at, { loss: 9 })));
    const read = await readRunLog(await logOf(...first, ...again, encodeLogLine(line(5)).slice(0, -1)));
    expect(read.map((each) => each.step)).toEqual([0, 1, 2, 3, 4]);
    expect(read.map((each) => each.loss)).toEqual([1, 0.5, 0.333333, 9, 9]);
  });

  it('gives steps in increasing order, whatever was appended', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20), { maxLength: 40 }), async (steps) => {
        const folder = await logOf(...steps.map((at, i) => encodeLogLine(line(at, { loss: i }))));
        const read = await readRunLog(folder);
        expect(read.every(({ step: at }, i) => i === 0 || at > (read[i - 1]?.step ?? 0))).toBe(true);
        expect(read.at(-1)?.loss).toBe(steps.length === 0 ? undefined : steps.length - 1);
      }),
      { numRuns: 30 },
    );
  });

  it('names a line that is none, and refuses endless ones and what is no file', async () => {
    const broken = await logOf(encodeLogLine(line(1)), '{"step":\n', encodeLogLine(line(3)));
    await expect(readRunLog(broken)).rejects.toMatchObject({
      code: 'CLI_UNREADABLE_LOG',
      message: expect.stringContaining('line 2') as string,
    });
    await expect(readRunLog(await logOf('9'.repeat(200_000)))).rejects.toThrow('longer than 65536 bytes');
    const folder = await emptyFolder();
    await symlink('/dev/zero', join(folder, 'log.jsonl'));
    await expect(readRunLog(folder)).rejects.toThrow('not a file');
  });

  it('refuses a file beyond its bound before it reads any of it', async () => {
    const folder = await logOf('');
    await truncate(join(folder, 'log.jsonl'), 2 ** 29 + 1);
    await expect(readRunLog(folder)).rejects.toThrow('larger than');
  });
});

describe('writing a log', () => {
  const setting = { start: z(3, 4), steps: 4, seed: 0, resumed: false };

  it('begins with the initialisation, and says how long the latent is and how far it went', async () => {
    const folder = await emptyFolder();
    const log = await openRunLog(folder, setting);
    await log.step(step(1, [3, 0]));
    await log.close();
    expect(await readRunLog(folder)).toEqual([
      {
        ...line(0),
        epoch: 0,
        loss: null,
        learningRate: null,
        metrics: {},
        terms: {},
        norm: 5,
        moved: 0,
        latent: Float32Array.of(3, 4),
        of: 2,
      },
      {
        ...line(1),
        loss: 0.5,
        metrics: {},
        terms: {},
        norm: 3,
        moved: 4,
        latent: Float32Array.of(3, 0),
        of: 2,
      },
    ]);
  });

  it('is on the disk once flushed, and goes on behind a torn line', async () => {
    const folder = await emptyFolder();
    const log = await openRunLog(folder, setting);
    await log.step(step(1, [3, 0]));
    await log.flush();
    expect((await readRunLog(folder)).length).toBe(2);
    await log.close();
    await appendFile(join(folder, 'log.jsonl'), `{"step":2,"epoch":${'1'.repeat(70_000)}`);
    const again = await openRunLog(folder, { ...setting, resumed: true });
    await again.step(step(2, [0, 0]));
    await again.close();
    expect((await readRunLog(folder)).map((each) => each.step)).toEqual([0, 1, 2]);
  });

  it('begins anew unless it is resumed, and also where a resumed one was lost', async () => {
    const folder = await emptyFolder();
    for (const resumed of [true, false]) {
      const log = await openRunLog(folder, { ...setting, resumed });
      await log.step(step(1, [3, 0]));
      await log.close();
      expect((await readFile(join(folder, 'log.jsonl'), 'utf8')).split('\n')).toHaveLength(3);
    }
  });
});

describe('what is logged of a latent', () => {
  it('is at most a hundred evenly spread steps, the last among them', () => {
    for (const steps of [1, 7, 99, 100, 101, 150, 1234, 100_000]) {
      const sampled = Array.from({ length: steps }, (_, i) => i + 1).filter((at) => isSampled(at, steps));
      expect(sampled).toHaveLength(Math.min(100, steps));
      expect(sampled.at(-1)).toBe(steps);
      const gaps = sampled.map((at, i) => at - (sampled[i - 1] ?? 0));
      expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
    }
  });

  it('is all of a small one, and one number in each stretch of a large one', () => {
    expect(coordinatesOf(3, 0)).toEqual(Int32Array.of(0, 1, 2));
    const places = coordinatesOf(1000, 5, 64);
    expect(places).toEqual(coordinatesOf(1000, 5, 64));
    expect(places).not.toEqual(coordinatesOf(1000, 6, 64));
    places.forEach((place, i) => {
      expect(place).toBeGreaterThanOrEqual(Math.floor((i * 1000) / 64));
      expect(place).toBeLessThan(Math.floor(((i + 1) * 1000) / 64));
    });
  });
});
