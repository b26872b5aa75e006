// A run whose folder is taken from it while it trains: by another process, or in part.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeDefaultFolder } from '../src/run-folder/default-folder.ts';
import { readRecord, writeRecord, type RunRecordFile } from '../src/run-folder/record-file.ts';
import { readRunLog } from '../src/run-log/read-log.ts';
import { emptyFolder, here } from './mapnet.ts';
import { thirty } from './run-bits.ts';

let folder: string;
beforeEach(async () => {
  folder = await emptyFolder();
});

/** Does something when step `at` has been taken. */
const meanwhile = (at: number, code: string): Promise<void> =>
  writeFile(
    join(folder, 'mapnet.config.mjs'),
    `import fs from 'node:fs';
    const on = (event) => {
      if (event.type !== 'step' || event.step !== ${at}) return;
      ${code}
    };
    export default { callbacks: [{ kind: 'callback', name: 'meanwhile', options: {}, impl: { on } }] };`,
  );

const train = () => here(folder, 'train', ...thirty, '--out', 'run');

const other = {
  pid: 7,
  host: 'elsewhere',
  scope: 'other',
  token: '00000000-0000-4000-8000-000000000000',
  since: '2026-01-02T03:04:05.000Z',
};

describe('a run that another process has taken over while it was suspended', () => {
  it.each([
    ['within an epoch', 14, 12],
    ['before its last files', 30, 28],
  ])('writes nothing more, and says whose it is: %s', async (_name, at, kept) => {
    const lock = join(folder, 'run', '.lock');
    await meanwhile(
      at,
      `fs.writeFileSync(${JSON.stringify(lock)}, ${JSON.stringify(JSON.stringify(other))});`,
    );
    const { code, stderr } = await train();
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /taken over by process 7 on 'elsewhere' at 2026-01-02T03:04:05.000Z.*\n.*TRAIN_LOCK_LOST/,
      ) as string,
    });
    expect(JSON.parse(await readFile(lock, 'utf8'))).toEqual(other);
    const saved = (await readdir(join(folder, 'run', 'checkpoints'))).toSorted();
    expect(saved.at(-1)).toBe(`step-000000${kept}.safetensors`);
    expect(await readdir(join(folder, 'run'))).not.toContain('config.json');
    expect((await readRunLog(join(folder, 'run'))).at(-1)?.step).toBe(kept);
  });
});

it('a run whose checkpoints have gone does not call them whole', async () => {
  const checkpoints = JSON.stringify(join(folder, 'run', 'checkpoints'));
  await meanwhile(14, `fs.renameSync(${checkpoints}, ${checkpoints} + '-away');`);
  const { code, stderr } = await train();
  expect({ code, stderr }).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("folder 'checkpoints' has gone: put it back.") as string,
  });
});

it('runs that begin in the same second have a folder each', async () => {
  const record = { target: { use: 'mlp' }, dataset: { use: 'glyphs' } } as Parameters<
    typeof makeDefaultFolder
  >[0]['record'];
  const now = new Date('2026-01-02T03:04:05.678Z');
  const folders = await Promise.all(
    Array.from({ length: 4 }, () => makeDefaultFolder({ record }, folder, now)),
  );
  const name = join('runs', 'mlp-glyphs-20260102-030405');
  expect(folders.map(({ path }) => path).toSorted()).toEqual([name, `${name}-2`, `${name}-3`, `${name}-4`]);
  expect(await readdir(join(folder, 'runs'))).toHaveLength(4);
});

it('a folder that was made for a run which cannot begin goes again', async () => {
  const { code } = await here(
    folder,
    'train',
    ...thirty,
    '--set',
    'dataset.train=1',
    '--set',
    'target.inputShape=[3]',
  );
  expect(code).not.toBe(0);
  expect(await readdir(folder)).toEqual([]);
});

it('the record of tens of thousands of epochs is read back', async () => {
  const scores = { loss: 0.123456789, accuracy: 0.5 };
  const terms = { crossEntropy: 0.1, stability: 0.2, smoothness: 0.3, alignment: 0.4 };
  const history = Array.from({ length: 50_000 }, (_, i) => ({
    epoch: i + 1,
    learningRate: 0.1,
    objective: 1,
    terms,
    train: scores,
    validation: scores,
    seconds: 0.01,
  }));
  await here(folder, 'train', ...thirty, '--out', 'run');
  const record = (await readRecord(join(folder, 'run'))) as RunRecordFile;
  await writeRecord(folder, { ...record, history });
  expect((await readRecord(folder))?.history).toEqual(history);
});
