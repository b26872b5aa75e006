// log.jsonl as reports read it: damaged lines, steps out of order, latents of wrong lengths. A line that was torn at the
// end is dropped, and later lines supersede earlier ones; of whole lines, what is read must be what they say.
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRunLog } from '../../../packages/cli/src/run-log/read-log.ts';
import { mutatedBytes } from '../mutations/bytes.ts';
import { mutatedJson } from '../mutations/json.ts';
import { REFUSE, type Attack, type Format, type Judgement } from '../oracle/attack.ts';
import type { Random } from '../random.ts';
import { replaceByNoFile } from './not-files.ts';

const latent = Buffer.from(Float32Array.of(0.5, -1, 2).buffer).toString('base64');

const line = (step: number): Readonly<Record<string, unknown>> => ({
  step,
  epoch: 1,
  loss: 2.25,
  learningRate: 0.1,
  metrics: { accuracy: 0.5 },
  terms: { task: 2, stability: null },
  norm: 5,
  moved: step / 8,
  ...(step % 2 === 0 && { latent, coordinates: 3, of: 9 }),
});

const LINES = [0, 1, 2, 3, 2, 3, 4].map(line);

interface HostileLog {
  readonly what: string;
  readonly bytes: Uint8Array;
  readonly twice: boolean;
}

const hostileLog = (random: Random): HostileLog => {
  const texts = LINES.map((each) => JSON.stringify(each));
  if (random.chance(0.4)) {
    const { what, value } = mutatedBytes(new TextEncoder().encode(`${texts.join('\n')}\n`), random);
    return { what, bytes: value, twice: false };
  }
  const index = random.below(LINES.length);
  const { what, value, twice } = mutatedJson(LINES[index], random);
  const text = `${texts.with(index, value).join('\n')}\n`;
  return { what: `line ${index + 1}: ${what}`, bytes: new TextEncoder().encode(text), twice };
};

/** What whole lines say, by the rule of the log, without the reader; a latent as its text. */
const reference = (bytes: Uint8Array): readonly unknown[] => {
  const lines: Record<string, unknown>[] = [];
  for (const text of new TextDecoder().decode(bytes).split('\n').slice(0, -1)) {
    const said = JSON.parse(text) as Record<string, unknown>;
    while (Number(lines.at(-1)?.['step']) >= Number(said['step'])) lines.pop();
    lines.push(said);
  }
  return lines.map((each) => {
    const { coordinates: _, ...rest } = each;
    return rest;
  });
};

const asSaid = (value: unknown): readonly unknown[] =>
  (value as readonly Record<string, unknown>[]).map(({ latent: numbers, ...rest }) =>
    numbers instanceof Float32Array
      ? {
          ...rest,
          latent: Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString('base64'),
        }
      : rest,
  );

const sorted = (lines: readonly unknown[]): string =>
  JSON.stringify(
    lines.map((each) => Object.entries(each as object).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  );

const judge = (value: unknown, bytes: Uint8Array): Judgement => {
  const read = sorted(asSaid(value));
  if (
    read ===
    sorted(reference(new TextEncoder().encode(`${LINES.map((each) => JSON.stringify(each)).join('\n')}\n`)))
  )
    return 'equal';
  return read === sorted(reference(bytes)) ? 'other' : { wrong: 'read as something else than it says' };
};

export const runLog: Format = {
  name: 'log.jsonl',
  mostBytes: 100 * 2 ** 20,
  open: (folder) => {
    const path = join(folder, 'log.jsonl');
    const read = () => readRunLog(folder);
    return Promise.resolve(async (random: Random): Promise<Attack> => {
      if (random.chance(0.03)) {
        const what = await replaceByNoFile(path, random);
        const empty = (value: unknown): Judgement =>
          Array.isArray(value) && value.length === 0 ? 'equal' : { wrong: 'lines from nothing' };
        return { what, read, judge: empty };
      }
      await rm(path, { recursive: true, force: true });
      const { what, bytes, twice } = hostileLog(random);
      await writeFile(path, bytes);
      return { what, read, judge: twice ? REFUSE : (value) => judge(value, bytes) };
    });
  },
};
