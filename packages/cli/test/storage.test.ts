// Disks that fill, folders that cannot be written or that go, two processes on one run: a message that says what is safe,
// and a run that goes on to the same bits once the trouble is over.
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emptyFolder, here, mapnet, type Finished } from './mapnet.ts';
import { nodeArguments } from './node-arguments.ts';
import { bits, thirty } from './run-bits.ts';

const train = ['train', ...thirty, '--out', 'disk/run'];
/** Long enough for a second process to come by. */
const long = [...train, '--set', 'dataset.train=1000'];

let expected: unknown;
let expectedLong: unknown;
beforeAll(async () => {
  const alone = await emptyFolder();
  await here(alone, ...train);
  await here(alone, ...long, '--out', 'disk/long');
  expected = await bits(join(alone, 'disk/run'));
  expectedLong = await bits(join(alone, 'disk/long'));
});

let folder: string;
beforeEach(async () => {
  folder = await emptyFolder();
  await mkdir(join(folder, 'disk'));
});

const mount = (...args: readonly string[]): boolean => spawnSync('mount', args).status === 0;
const unmount = (at: string): void => void spawnSync('umount', [at]);

/** A disk of one megabyte at `disk`, where this user may have one. */
const small = (): boolean =>
  process.platform === 'linux' && mount('-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', join(folder, 'disk'));
afterEach(() => unmount(join(folder, 'disk')));

const canMount = await (async () => {
  folder = await emptyFolder();
  await mkdir(join(folder, 'disk'));
  const can = small();
  unmount(join(folder, 'disk'));
  return can;
})();

const checkFailed = ({ code, stderr }: Finished, reason: string): void => {
  expect(stderr).toMatch(/^error: Cannot write to the run folder 'disk\/run': .*\n.*\n$/);
  expect(stderr).toContain(reason);
  expect(stderr).toContain('CLI_CANNOT_SAVE');
  expect(stderr).toMatch(/The checkpoint of step \d+ is whole\..* go on with: mapnet resume disk\/run/);
  expect(code).toBe(1);
};

const checkResumes = async (): Promise<void> => {
  const { code, stdout } = await here(folder, 'resume', 'disk/run');
  expect({ code, stdout }).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('resuming disk/run from step') as string,
  });
  expect(await bits(join(folder, 'disk/run'))).toEqual(expected);
};

describe('a disk that is full', () => {
  it.runIf(canMount)('ends the run at its last good checkpoint', async () => {
    expect(small()).toBe(true);
    const ballast = join(folder, 'disk', 'ballast');
    await writeFile(ballast, Buffer.alloc(1_000_000));
    checkFailed(await here(folder, ...train), 'ENOSPC');
    expect(
      (await readdir(join(folder, 'disk/run'), { recursive: true })).filter((name) => name.endsWith('.tmp')),
    ).toEqual([]);
    // As full as before, it fails again, and still spoils nothing.
    expect((await here(folder, 'resume', 'disk/run')).code).toBe(1);
    await rm(ballast);
    await checkResumes();
  });

  it.runIf(process.platform === 'linux')('counts as full where a file may grow no longer', async () => {
    const command = `ulimit -f 8; exec "$0" "$@"`;
    const { status, stderr } = spawnSync('sh', ['-c', command, process.execPath, ...nodeArguments(train)], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, TSX_DISABLE_CACHE: '1' },
    });
    checkFailed({ code: status, stdout: '', stderr }, 'EFBIG');
    await checkResumes();
  });
});

describe('a folder that cannot be written', () => {
  const checkRefused = ({ code, stderr }: Finished): void => {
    expect(stderr).toMatch(/^error: .*(?:EROFS|EACCES).*\n.*\n$/);
    expect(code).toBe(1);
  };

  // Permissions do not stop root, who may mount instead.
  const isRoot = process.getuid?.() === 0;
  const change = (to: 'ro' | 'rw'): boolean =>
    canMount
      ? mount('-o', `remount,${to}`, join(folder, 'disk'))
      : spawnSync('chmod', [to === 'ro' ? 'a-w' : 'u+w', join(folder, 'disk/run')]).status === 0;

  it.runIf(canMount || (!isRoot && process.platform !== 'win32'))(
    'is said before anything is trained',
    async () => {
      expect(!canMount || small()).toBe(true);
      await here(folder, ...train);
      await rm(join(folder, 'disk/run/record.json'));
      expect(change('ro')).toBe(true);
      checkRefused(await here(folder, 'resume', 'disk/run'));
      const { stderr } = await here(folder, ...train, '--force');
      expect(stderr).toMatch(/(?:EROFS|EACCES)[^]*(?:CLI_UNWRITABLE|TRAIN_CANNOT_LOCK)/);
      expect(change('rw')).toBe(true);
      await checkResumes();
    },
  );
});

describe('a folder that goes while it is trained on', () => {
  it('ends the run, which goes on once it is back', async () => {
    let moving: Promise<void> | undefined;
    const { code, stderr } = await mapnet(folder, long, (_, text) => {
      if (text.includes('epoch 1/')) moving ??= rename(join(folder, 'disk'), join(folder, 'elsewhere'));
    });
    await moving;
    expect(stderr).toBe(
      "error: The run folder 'disk/run' has gone while it was trained on.\n" +
        'Put it back where it was, then go on with: mapnet resume disk/run (CLI_FOLDER_GONE)\n',
    );
    expect(code).toBe(1);
    expect(await readdir(folder)).toEqual(['elsewhere']);
    await rename(join(folder, 'elsewhere'), join(folder, 'disk'));
    expect((await here(folder, 'resume', 'disk/run')).code).toBe(0);
    expect(await bits(join(folder, 'disk/run'))).toEqual(expectedLong);
  });
});

describe('two processes on one run folder', () => {
  it('are one too many: the second is told so, the first is not disturbed', async () => {
    let second: Promise<readonly Finished[]> | undefined;
    const first = await mapnet(folder, long, (_, text) => {
      if (text.includes('epoch 1/'))
        second ??= Promise.all([here(folder, 'resume', 'disk/run'), here(folder, ...train, '--force')]);
    });
    for (const { code, stderr } of (await second) ?? []) {
      expect(stderr).toMatch(/^error: '.*disk\/run' is in use by process \d+ .*\n.*TRAIN_FOLDER_LOCKED\)\n$/);
      expect(code).toBe(1);
    }
    expect({ code: first.code, seen: (await second)?.length }).toEqual({ code: 0, seen: 2 });
    expect(await bits(join(folder, 'disk/run'))).toEqual(expectedLong);
  });

  it('are not two when the first was killed: its lock is taken over, which is said', async () => {
    const { code } = await mapnet(folder, long, (child, text) => {
      if (text.includes('epoch 1/')) child.kill('SIGKILL');
    });
    expect(code).toBeNull();
    expect(await readdir(join(folder, 'disk/run'))).toContain('.lock');
    const { stdout } = await here(folder, 'resume', 'disk/run');
    expect(stdout).toContain('has ended without a word: taking over its lock\n');
    expect(await bits(join(folder, 'disk/run'))).toEqual(expectedLong);
    expect(await readdir(join(folder, 'disk/run'))).not.toContain('.lock');
  });
});
