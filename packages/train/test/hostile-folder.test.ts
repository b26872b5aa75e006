// Folders of runs that somebody else has filled: states that no run can go on from, locks that are no files.
import { float32 } from '@mapping-networks/core';
import { encodeCheckpoint, type Checkpoint } from '@mapping-networks/train';
import { lockFolder, openCheckpoints } from '@mapping-networks/train/node';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { identityOf } from '../src/checkpoint/identity.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mapping-networks-'));
});
afterEach(() => rm(folder, { recursive: true }));

const checkpoint = (step: number, value: number): Checkpoint => ({
  identity: identityOf({}),
  run: {},
  state: {
    step,
    epoch: 0,
    position: step,
    sums: {},
    learningRateScale: 1,
    trainables: { z: float32(Float32Array.of(1, value)) },
    loss: {},
    optimizer: {},
    buffers: {},
  },
  history: [],
  seconds: 1,
  warnings: [],
});

it.each([Number.NaN, Infinity])(
  'a checkpoint with %s under an intact checksum is passed over',
  async (value) => {
    const checkpoints = await openCheckpoints(folder);
    await checkpoints.save(checkpoint(1, 2));
    await writeFile(join(folder, 'step-00000002.safetensors'), encodeCheckpoint(checkpoint(2, value)));
    const found = await checkpoints.latest();
    expect(found?.checkpoint.state.step).toBe(1);
    expect(found?.skipped).toMatchObject([{ reason: expect.stringContaining('not finite') as string }]);
  },
);

it.skipIf(process.platform === 'win32')(
  'a lock that is a pipe or a device keeps nobody waiting',
  async () => {
    const makers = [
      (path: string) => execFileSync('mkfifo', [path]),
      (path: string) => symlink('/dev/zero', path),
    ];
    for (const make of makers) {
      const path = join(folder, '.lock');
      await make(path);
      await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'TRAIN_CANNOT_LOCK' });
      await rm(path);
    }
  },
);
