// A folder of checkpoints: what is kept, what is found, what is passed over, and what is said when the disk refuses.
import { float32 } from '@mapping-networks/core';
import { encodeCheckpoint, train, type Checkpoint } from '@mapping-networks/train';
import { openCheckpoints } from '@mapping-networks/train/node';
import { mkdir, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { saveFile } from '../src/folder/save-file.ts';
import { emptyFolder } from './support/child.ts';
import { failing } from './support/failing-fs.ts';
import { abortAt, outcome } from './support/interrupted.ts';
import { withMetadata } from './support/sealed.ts';
import { syntheticCheckpoint } from './support/synthetic-checkpoint.ts';
import { base } from './tiny-run.ts';

const checkpoint = (step: number): Checkpoint =>
  syntheticCheckpoint(step, float32(Float32Array.of(step, 0.5)));

const filled = async (...steps: readonly number[]): Promise<string> => {
  const folder = await emptyFolder();
  const checkpoints = await openCheckpoints(folder);
  for (const step of steps) await checkpoints.save(checkpoint(step));
  return folder;
};

const names = async (folder: string): Promise<readonly string[]> => (await readdir(folder)).sort();
const file = (step: number): string => `step-${String(step).padStart(8, '0')}.safetensors`;
const code = (expected: string): object => expect.objectContaining({ code: `TRAIN_${expected}` });

describe('a folder of checkpoints', () => {
  it('keeps the last three by default, and the best besides', async () => {
    const folder = join(await emptyFolder(), 'new', 'run');
    const checkpoints = await openCheckpoints(folder);
    for (const step of [1, 20, 300, 123_456_789]) await checkpoints.save(checkpoint(step));
    await checkpoints.saveBest(checkpoint(20));
    expect(await names(folder)).toEqual(['best.safetensors', file(20), file(300), file(123_456_789)].sort());
    expect((await checkpoints.latest())?.checkpoint).toEqual(checkpoint(123_456_789));
    expect((await checkpoints.best())?.checkpoint).toEqual(checkpoint(20));
    expect((await checkpoints.latest())?.file).toBe(join(folder, file(123_456_789)));
  });

  it('keeps as many as it is told', async () => {
    const folder = await emptyFolder();
    const checkpoints = await openCheckpoints(folder, { keep: 1 });
    for (const step of [1, 2, 3]) await checkpoints.save(checkpoint(step));
    expect(await names(folder)).toEqual([file(3)]);
    await expect(openCheckpoints(folder, { keep: 0 })).rejects.toMatchObject({
      code: 'CORE_INVALID_ARGUMENT',
    });
  });

  it('takes steps that come again for better than later ones from before', async () => {
    const folder = await filled(1, 2, 3);
    await (await openCheckpoints(folder)).save(checkpoint(2));
    expect(await names(folder)).toEqual([file(1), file(2)]);
  });

  it('holds nothing at first, and leaves files of others alone', async () => {
    const folder = await emptyFolder();
    const others = ['notes.txt', '.notes.txt.tmp', 'step-1.safetensors', 'step-00000001.safetensors.bak'];
    for (const name of others) await writeFile(join(folder, name), 'mine');
    const checkpoints = await openCheckpoints(folder);
    expect(await checkpoints.latest()).toBeUndefined();
    expect(await checkpoints.best()).toBeUndefined();
    for (const step of [1, 2, 3, 4]) await checkpoints.save(checkpoint(step));
    expect(await names(folder)).toEqual([...others, file(2), file(3), file(4)].sort());
  });

  it('is cleaned of what killed writers left', async () => {
    const folder = await filled(1);
    const left = ['best', 'step-00000002'].map((name) => `.${name}.safetensors.${crypto.randomUUID()}.tmp`);
    for (const name of left) await writeFile(join(folder, name), 'half of a checkp');
    await openCheckpoints(folder);
    expect(await names(folder)).toEqual([file(1)]);
  });

  it('carries a run from one process to the next', async () => {
    const folder = await emptyFolder();
    const options = { ...base, checkpointEvery: 2 };
    await train({ ...options, ...abortAt(5), checkpoints: await openCheckpoints(folder) });
    const checkpoints = await openCheckpoints(folder);
    const resume = (await checkpoints.latest())?.checkpoint;
    const resumed = await train({ ...options, checkpoints, ...(resume && { resume }) });
    expect(resume?.state.step).toBe(5);
    expect(outcome(resumed)).toEqual(outcome(await train(options)));
    expect((await checkpoints.latest())?.checkpoint.state.step).toBe(9);
  });
});

describe('the latest checkpoint is the newest that is whole', () => {
  it.each<[string, (path: string) => Promise<void>, RegExp]>([
    ['empty', (path) => writeFile(path, ''), /it is empty/],
    ['truncated', (path) => truncate(path, 300), /damaged or incomplete/],
    [
      'with a flipped bit',
      async (path) => {
        const bytes = await readFile(path);
        bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
        await writeFile(path, bytes);
      },
      /damaged or incomplete/,
    ],
    [
      'a folder',
      async (path) => {
        await rm(path);
        await mkdir(path);
      },
      /CORE_NOT_A_FILE|not a file|folder/i,
    ],
    [
      'of another step than its name says',
      (path) => writeFile(path, encodeCheckpoint(checkpoint(1))),
      /it is named after step 3 and holds step 1/,
    ],
  ])('when the newest is %s', async (_name, damage, reason) => {
    const folder = await filled(1, 2, 3);
    await damage(join(folder, file(3)));
    const found = await (await openCheckpoints(folder)).latest();
    expect(found?.checkpoint).toEqual(checkpoint(2));
    expect(found?.skipped).toEqual([{ file: join(folder, file(3)), reason: expect.stringMatching(reason) }]);
  });

  it('when the newest may not be read', async () => {
    const folder = await filled(1, 2);
    const checkpoints = await openCheckpoints(folder);
    const run = failing('open', 'EACCES', () => checkpoints.latest());
    await expect(run).rejects.toEqual(code('NO_GOOD_CHECKPOINT'));
    await expect(run).rejects.toThrow(/None of the 2 checkpoints .*00000002.*EACCES.*00000001.*EACCES/s);
  });

  it('when the newest is of a newer version, which is said: going on from another would remove it', async () => {
    const folder = await filled(1, 2);
    await writeFile(join(folder, file(2)), withMetadata(encodeCheckpoint(checkpoint(2)), { version: '9' }));
    const checkpoints = await openCheckpoints(folder);
    await expect(checkpoints.latest()).rejects.toEqual(code('NEWER_CHECKPOINT'));
    expect(await names(folder)).toEqual([file(1), file(2)]);
  });

  it('the best, where all others are damaged', async () => {
    const folder = await filled(1, 2);
    const checkpoints = await openCheckpoints(folder);
    await checkpoints.saveBest(checkpoint(1));
    for (const step of [1, 2]) await writeFile(join(folder, file(step)), 'no');
    const found = await checkpoints.latest();
    expect(found?.checkpoint).toEqual(checkpoint(1));
    expect(found?.skipped).toHaveLength(2);
  });

  it('or none: TRAIN_NO_GOOD_CHECKPOINT names each with its reason', async () => {
    const folder = await filled(1, 2);
    await writeFile(join(folder, file(1)), '');
    await writeFile(join(folder, file(2)), 'x'.repeat(500));
    await writeFile(join(folder, 'best.safetensors'), '');
    const checkpoints = await openCheckpoints(folder);
    await expect(checkpoints.latest()).rejects.toEqual(code('NO_GOOD_CHECKPOINT'));
    await expect(checkpoints.latest()).rejects.toThrow(
      /None of the 3.*00000002.*begin like one.*00000001.*empty.*best.*empty/s,
    );
    await expect(checkpoints.best()).rejects.toEqual(code('NO_GOOD_CHECKPOINT'));
  });

  it('and what was passed over goes as soon as a new one is there', async () => {
    const folder = await filled(1, 2, 3);
    await writeFile(join(folder, file(3)), '');
    const checkpoints = await openCheckpoints(folder);
    await checkpoints.latest();
    await checkpoints.save(checkpoint(3));
    expect((await checkpoints.latest())?.skipped).toEqual([]);
  });
});

describe('a save that fails: TRAIN_CANNOT_SAVE_CHECKPOINT', () => {
  it.each<['open' | 'rename' | 'writeFile' | 'sync', string, RegExp]>([
    ['writeFile', 'ENOSPC', /ENOSPC.*Free some space on the disk, then resume/],
    ['sync', 'EIO', /EIO.*Check folder and disk/],
    ['open', 'EROFS', /EROFS.*Make the disk writable/],
    ['rename', 'EACCES', /EACCES.*Make the folder writable/],
    ['writeFile', 'EDQUOT', /EDQUOT.*Free some of your quota/],
  ])('in %s with %s says where, why, what is left and what to do', async (operation, reason, message) => {
    const folder = await filled(1, 2);
    const checkpoints = await openCheckpoints(folder);
    const save = failing(operation, reason, () => checkpoints.save(checkpoint(3)));
    await expect(save).rejects.toEqual(code('CANNOT_SAVE_CHECKPOINT'));
    await expect(save).rejects.toThrow(message);
    await expect(save).rejects.toThrow(`Cannot save checkpoint '${join(folder, file(3))}'`);
    await expect(save).rejects.toThrow(`The last one, '${join(folder, file(2))}', is untouched.`);
    expect((await checkpoints.latest())?.checkpoint).toEqual(checkpoint(2));
    expect((await names(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('of one that is larger than what is read back', async () => {
    const folder = await emptyFolder();
    const save = saveFile(folder, file(1), checkpoint(1), 500);
    await expect(save).rejects.toEqual(code('CANNOT_SAVE_CHECKPOINT'));
    await expect(save).rejects.toThrow(/would have \d+ bytes, and no more than 500.*Train fewer numbers/);
    expect(await names(folder)).toEqual([]);
  });

  it('ends the run that saves', async () => {
    const folder = await emptyFolder();
    const checkpoints = await openCheckpoints(folder);
    const run = failing('writeFile', 'ENOSPC', () => train({ ...base, checkpoints }));
    await expect(run).rejects.toEqual(code('CANNOT_SAVE_CHECKPOINT'));
    await expect(run).rejects.toThrow(/No checkpoint was saved before/);
  });

  it('in a folder that has vanished', async () => {
    const folder = await filled(1);
    const checkpoints = await openCheckpoints(folder);
    await rename(folder, `${folder}-away`);
    await expect(checkpoints.save(checkpoint(2))).rejects.toEqual(code('CANNOT_SAVE_CHECKPOINT'));
    await expect(checkpoints.saveBest(checkpoint(2))).rejects.toThrow(
      /ENOENT.*cannot be read any more.*Bring the folder back/,
    );
    await expect(checkpoints.latest()).rejects.toEqual(code('CANNOT_OPEN_CHECKPOINTS'));
    await rename(`${folder}-away`, folder);
    expect((await checkpoints.latest())?.checkpoint).toEqual(checkpoint(1));
  });

  it('where a folder has the name of the checkpoint', async () => {
    const folder = await filled(1);
    await mkdir(join(folder, file(2), 'with', 'content'), { recursive: true });
    const checkpoints = await openCheckpoints(folder);
    await expect(checkpoints.save(checkpoint(2))).rejects.toEqual(code('CANNOT_SAVE_CHECKPOINT'));
    expect((await checkpoints.latest())?.checkpoint).toEqual(checkpoint(1));
  });
});

it('an old checkpoint that cannot be removed does not end a run', async () => {
  const folder = await filled(1, 2, 3);
  const checkpoints = await openCheckpoints(folder);
  await failing('rm', 'EBUSY', () => checkpoints.save(checkpoint(4)));
  expect(await names(folder)).toEqual([1, 2, 3, 4].map(file));
  await checkpoints.save(checkpoint(5));
  expect(await names(folder)).toEqual([3, 4, 5].map(file));
});

describe('a folder that cannot be used: TRAIN_CANNOT_OPEN_CHECKPOINTS', () => {
  it('because it is a file, or cannot be listed', async () => {
    const path = join(await emptyFolder(), 'file');
    await writeFile(path, '');
    await expect(openCheckpoints(path)).rejects.toEqual(code('CANNOT_OPEN_CHECKPOINTS'));
    const folder = await emptyFolder();
    const open = failing('readdir', 'EACCES', () => openCheckpoints(folder));
    await expect(open).rejects.toThrow(/Cannot use '.*' for checkpoints: EACCES/);
  });
});
