// Taking a lock, also from a holder that is gone. Of several takers exactly one wins: whoever wants to remove a stale
// lock first locks the right to do so, in a file named after that very lock.
import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createLock, isHeld, readLock, type Holder, type Lock } from './lock-file.ts';
import { processScope, startOf } from './process-identity.ts';

const PAUSE = 25;
const TRIES = 400;

/** This process, with a token for one lock. */
export const thisHolder = async (): Promise<Holder> => {
  const started = await startOf(process.pid);
  return {
    pid: process.pid,
    host: hostname(),
    scope: await processScope(),
    ...(started !== undefined && { started }),
    token: randomUUID(),
    since: new Date().toISOString(),
  };
};

/** Makes the lock at `path` ours; resolves to its holder when that is alive. */
export const takeLock = async (path: string, mine: Holder): Promise<Holder | undefined> => {
  let last: Holder | undefined;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (await createLock(path, mine)) return undefined;
    const lock = await readLock(path);
    last = lock?.holder ?? last;
    if (lock === undefined) continue;
    if (await isHeld(lock, mine.scope)) {
      if (lock.holder !== undefined) return lock.holder;
      await wait(PAUSE);
    } else if (!(await removeStale(path, lock, mine))) {
      await wait(PAUSE);
    }
  }
  return last ?? mine;
};

/** Removes a stale lock, unless somebody else is doing so: false then. */
const removeStale = async (path: string, stale: Lock, mine: Holder): Promise<boolean> => {
  const claim = `${path}.${stale.holder?.token ?? 'damaged'}`;
  if ((await takeLock(claim, mine)) !== undefined) return false;
  try {
    const now = await readLock(path);
    const same = now !== undefined && now.holder?.token === stale.holder?.token;
    if (same && !(await isHeld(now, mine.scope))) await rm(path, { force: true });
  } finally {
    await rm(claim, { force: true });
  }
  return true;
};

/** Removes claims on former locks, left by takers that were killed. Only for the holder of the lock. */
export const removeClaims = async (folder: string, lock: string): Promise<void> => {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (name.startsWith(`${lock}.`)) await rm(join(folder, name), { force: true }).catch(() => {});
  }
};
