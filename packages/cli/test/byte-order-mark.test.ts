// A byte order mark, which editors put in and decoders take away unseen: no file of a run has one.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readSeedsFile, writeSeedsFile } from '../src/run-folder/seeds-file.ts';
import { encodeLogLine } from '../src/run-log/log-line.ts';
import { readRunLog } from '../src/run-log/read-log.ts';

it('is refused in JSON and in the log', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mapnet-'));
  try {
    const started = new Date(0).toISOString();
    await writeSeedsFile(folder, { config: {}, keep: 3, started, seeds: [0], folders: ['seed-0'] });
    expect((await readSeedsFile(folder))?.seeds).toEqual([0]);
    const path = join(folder, 'seeds.json');
    await writeFile(path, `\ufeff${await readFile(path, 'utf8')}`);
    await expect(readSeedsFile(folder)).rejects.toMatchObject({ code: 'CLI_UNREADABLE_SEEDS_FILE' });

    const numbers = { loss: 1, learningRate: 0.1, metrics: {}, terms: {}, norm: 1, moved: 0 };
    const line = encodeLogLine({ step: 1, epoch: 1, ...numbers });
    await writeFile(join(folder, 'log.jsonl'), line);
    expect(await readRunLog(folder)).toHaveLength(1);
    await writeFile(join(folder, 'log.jsonl'), `\ufeff${line}`);
    await expect(readRunLog(folder)).rejects.toMatchObject({ code: 'CLI_UNREADABLE_LOG' });
  } finally {
    await rm(folder, { recursive: true });
  }
});
