// One process at a time in a folder: whoever is there keeps others out, whoever is gone does not.
import { lockFolder } from '@mapping-networks/train/node';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundled, emptyFolder, ended } from './support/child.ts';
import { failing } from './support/failing-fs.ts';

let child = '';
beforeAll(async () => {
  child = await bundled('locking-child');
});

interface Written {
  readonly pid: number;
  readonly host: string;
  readonly scope: string;
  readonly started?: string;
  readonly token: string;
  readonly since: string;
}

/** What a lock of this process looks like. */
const written = async (): Promise<Written> => {
  const folder = await emptyFolder();
  const lock = await lockFolder(folder);
  const text = await readFile(join(folder, '.lock'), 'utf8');
  await lock.release();
  return JSON.parse(text) as Written;
};

/** A folder locked by somebody, last refreshed so many seconds ago. */
const lockedBy = async (changes: Partial<Written> | string, age = 0): Promise<string> => {
  const folder = await emptyFolder();
  const path = join(folder, '.lock');
  const text = typeof changes === 'string' ? changes : JSON.stringify({ ...(await written()), ...changes });
  await writeFile(path, text);
  const time = new Date(Date.now() - age * 1000);
  await utimes(path, time, time);
  return folder;
};

/** The id of a process that has ended. */
const deadProcess = async (): Promise<number> => {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'close');
  return child.pid ?? 0;
};

const expectTaken = async (folder: string): Promise<void> => {
  const lock = await lockFolder(folder);
  expect(await lock.held()).toBe(true);
  await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'TRAIN_FOLDER_LOCKED' });
  expect(await readdir(folder)).toEqual(['.lock']);
  await lock.release();
  expect(await readdir(folder)).toEqual([]);
};

const expectLocked = async (folder: string, message: RegExp): Promise<void> => {
  const before = await readFile(join(folder, '.lock'), 'utf8');
  await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'TRAIN_FOLDER_LOCKED' });
  await expect(lockFolder(folder)).rejects.toThrow(message);
  expect(await readFile(join(folder, '.lock'), 'utf8')).toBe(before);
  expect(await readdir(folder)).toEqual(['.lock']);
};

describe('a lock keeps others out: TRAIN_FOLDER_LOCKED', () => {
  it('says who, since when and what to do', async () => {
    const folder = await emptyFolder();
    const lock = await lockFolder(folder);
    const message = new RegExp(
      `in use by process ${process.pid} on '${hostname()}' since 20.*If there is no such process, delete '${join(folder, '.lock')}'`,
    );
    await expectLocked(folder, message);
    await lock.release();
    await expectTaken(folder);
  });

  it('while another process of this machine runs, however long ago it was refreshed', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(other, 'spawn');
    const { started: _, ...mine } = await written();
    await expectLocked(
      await lockedBy(JSON.stringify({ ...mine, pid: other.pid }), 3600),
      new RegExp(`process ${other.pid} `),
    );
    other.kill('SIGKILL');
    await once(other, 'close');
  });

  it('of another machine, or another container, that was refreshed a moment ago', async () => {
    await expectLocked(await lockedBy({ host: 'elsewhere', pid: 1 }, 30), /process 1 on 'elsewhere'/);
    await expectLocked(await lockedBy({ scope: 'another boot', pid: 1 }, 30), /process 1 /);
  });
});

describe('a lock without a holder is taken over', () => {
  it('when the process has ended', async () => {
    await expectTaken(await lockedBy({ pid: await deadProcess() }));
  });

  it('when its process was killed', async () => {
    const folder = await emptyFolder();
    const holder = spawn(process.execPath, [child, folder, '0', 'hold']);
    await once(holder.stdout, 'data');
    await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'TRAIN_FOLDER_LOCKED' });
    holder.kill('SIGKILL');
    await once(holder, 'close');
    await expectTaken(folder);
  });

  // Only Linux tells when a process started.
  it.runIf(process.platform === 'linux')('when its process id belongs to another process now', async () => {
    await expectTaken(await lockedBy({ started: '1' }));
  });

  it('when another machine has not refreshed it for a minute', async () => {
    await expectTaken(await lockedBy({ host: 'elsewhere', pid: process.pid }, 61));
    await expectTaken(await lockedBy({ scope: 'another boot', pid: process.pid }, 61));
  });

  it.each([
    '',
    '{"pid": 1',
    'null',
    '{"pid":"x"}',
    JSON.stringify({ pid: 1, host: 'x', scope: '', token: '../../x', since: '' }),
  ])('when it is damaged, and was not written just now: %j', async (text) => {
    await expectTaken(await lockedBy(text, 6));
  });

  it('when it is damaged and from the future, by a clock that was set back', async () => {
    await expectTaken(await lockedBy('{', -3600));
  });

  it('when it is damaged, after the moment that writing one takes', async () => {
    const folder = await lockedBy('', 4.7);
    await expectTaken(folder);
  });

  it('when a taker died while it took over', async () => {
    const pid = await deadProcess();
    const folder = await lockedBy({ pid });
    const { token } = JSON.parse(await readFile(join(folder, '.lock'), 'utf8')) as Written;
    const claim = JSON.stringify({ ...(await written()), pid });
    await writeFile(join(folder, `.lock.${token}`), claim);
    await expectTaken(folder);
  });
});

describe('of several that want a lock exactly one gets it', () => {
  const outcomes = async (folder: string, takers: number): Promise<readonly string[]> => {
    const results = await Promise.allSettled(Array.from({ length: takers }, () => lockFolder(folder)));
    return results.map((result) =>
      result.status === 'fulfilled' ? 'won' : String(Reflect.get(Object(result.reason), 'code')),
    );
  };

  it.each([
    ['nobody had', () => emptyFolder()],
    ['a process had that is gone', async () => lockedBy({ pid: await deadProcess() })],
    ['somebody elsewhere had', () => lockedBy({ host: 'elsewhere' }, 100)],
    ['is damaged', () => lockedBy('{', 100)],
  ])('within a process, of one that %s', async (_name, prepare) => {
    for (let round = 0; round < 10; round++) {
      const told = await outcomes(await prepare(), 8);
      expect(told.filter((each) => each === 'won')).toHaveLength(1);
      expect(new Set(told)).toEqual(new Set(['won', 'TRAIN_FOLDER_LOCKED']));
    }
  });

  it('among processes, of one whose holder is gone', async () => {
    for (let round = 0; round < 3; round++) {
      const folder = await lockedBy({ pid: await deadProcess() });
      const start = String(Date.now() + 700);
      const takers = Array.from({ length: 5 }, () => ended(process.execPath, [child, folder, start]));
      const told = (await Promise.all(takers)).map(({ stdout }) => stdout.trim());
      expect(told.toSorted()).toEqual([...Array<string>(4).fill('TRAIN_FOLDER_LOCKED'), 'won']);
      expect(await readdir(folder)).toEqual([]);
    }
  });
});

describe('the holder', () => {
  it('is known as long as it refreshes the lock, and does not keep its process alive by that', async () => {
    const folder = await emptyFolder();
    const lock = await lockFolder(folder, { refresh: 0.02 });
    const past = new Date(Date.now() - 50_000);
    await utimes(join(folder, '.lock'), past, past);
    await expect.poll(async () => (await readdirAge(folder)) < 10, { timeout: 10_000 }).toBe(true);
    await lock.release();
    const { code, stdout } = await ended(process.execPath, [child, folder, '0', 'leave']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'won\n' });
    await expectTaken(folder);
  });

  const readdirAge = async (folder: string): Promise<number> => {
    const { stat } = await import('node:fs/promises');
    return (Date.now() - (await stat(join(folder, '.lock'))).mtimeMs) / 1000;
  };

  it('gives back its own lock only, and only once', async () => {
    const folder = await emptyFolder();
    const lock = await lockFolder(folder, { refresh: 0.02 });
    const other = JSON.stringify({ ...(await written()), host: 'elsewhere' });
    const past = new Date(Date.now() - 30_000);
    await writeFile(join(folder, '.lock'), other);
    await utimes(join(folder, '.lock'), past, past);
    await wait(100);
    expect(await lock.held()).toBe(false);
    expect(await readdirAge(folder)).toBeGreaterThan(20);
    await lock.release();
    expect(await readFile(join(folder, '.lock'), 'utf8')).toBe(other);
    await rm(join(folder, '.lock'));
    await lock.release();
    expect(await lock.held()).toBe(false);
  });
});

describe('whoever was taken for gone, and wakes up: TRAIN_LOCK_LOST', () => {
  it('is told before the next write, with whose the folder is', async () => {
    const folder = await emptyFolder();
    const lock = await lockFolder(folder);
    await lock.confirm();
    const other = JSON.stringify({ ...(await written()), pid: 7, host: 'elsewhere' });
    await writeFile(join(folder, '.lock'), other);
    await expect(lock.confirm()).rejects.toMatchObject({ code: 'TRAIN_LOCK_LOST' });
    await expect(lock.confirm()).rejects.toThrow(/taken over by process 7 on 'elsewhere' at 20/);
    await lock.release();
    expect(await readFile(join(folder, '.lock'), 'utf8')).toBe(other);
  });

  it('also when the other one is done already', async () => {
    const folder = await emptyFolder();
    const lock = await lockFolder(folder);
    await rm(join(folder, '.lock'));
    await expect(lock.confirm()).rejects.toMatchObject({ code: 'TRAIN_LOCK_LOST' });
    await expect(lock.confirm()).rejects.toThrow(/is gone: another process has had the folder/);
    await lock.release();
  });

  it('but not when the lock cannot be read', async () => {
    const folder = await emptyFolder();
    const lock = await lockFolder(folder);
    await expect(failing('open', 'EIO', () => lock.confirm())).rejects.toThrow(/EIO/);
    await lock.confirm();
    await lock.release();
  });
});

describe('a folder that cannot be locked: TRAIN_CANNOT_LOCK', () => {
  it('because it is not there, has a folder called .lock, or may not be written to', async () => {
    const folder = await emptyFolder();
    const refused = { code: 'TRAIN_CANNOT_LOCK' };
    await expect(lockFolder(join(folder, 'missing'))).rejects.toMatchObject(refused);
    await expect(failing('open', 'EROFS', () => lockFolder(folder))).rejects.toThrow(
      /Cannot lock '.*': EROFS/,
    );
    await expect(failing('writeFile', 'ENOSPC', () => lockFolder(folder))).rejects.toMatchObject(refused);
    expect(await readdir(folder)).toEqual([]);
    await mkdir(join(folder, '.lock'));
    await expect(lockFolder(folder)).rejects.toMatchObject(refused);
  });

  it('and a wrong interval is refused', async () => {
    await expect(lockFolder('.', { refresh: 0 })).rejects.toMatchObject({ code: 'CORE_INVALID_ARGUMENT' });
    await expect(lockFolder('.', { refresh: 60 })).rejects.toThrow(/refresh/);
  });
});
