// A lock file: who holds it, as JSON, created exclusively. Read without trust: it may be half written, or anything.
import { readRegularFile } from '@mapping-networks/core/node';
import { open, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { z } from 'zod';
import { isRunning } from './process-identity.ts';

export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Where `pid` means this process. */
  readonly scope: string;
  /** When the process started, where the system tells. */
  readonly started?: string;
  /** Of this lock alone. */
  readonly token: string;
  /** When the lock was taken, ISO 8601. */
  readonly since: string;
}

const holderSchema: z.ZodType<Holder> = z.object({
  pid: z.int().min(1),
  host: z.string(),
  scope: z.string(),
  started: z.string().exactOptional(),
  token: z.string().regex(/^[0-9a-f-]{36}$/),
  since: z.string(),
});

export interface Lock {
  /** Undefined while the file is being written, and when it is damaged. */
  readonly holder: Holder | undefined;
  /** Seconds since it was refreshed. */
  readonly age: number;
}

/** After this many seconds without a refresh a lock of another machine is stale. */
const STALE = 60;

/** Writing a lock takes no longer than this. */
const WRITING = 5;

/** No lock has more; a pipe in its place would block, a device never end. */
const MOST_BYTES = 4_096;

const codeOf = (cause: unknown): unknown =>
  cause instanceof Error && 'code' in cause ? cause.code : undefined;

/** Creates the file with `holder` in it; false when there is one already. */
export const createLock = async (path: string, holder: Holder): Promise<boolean> => {
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(JSON.stringify(holder));
    } catch (cause) {
      await rm(path, { force: true });
      throw cause;
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') return false;
    throw cause;
  }
  return (await readLock(path))?.holder?.token === holder.token;
};

/** The lock at `path`; undefined when there is none. */
export const readLock = async (path: string): Promise<Lock | undefined> => {
  try {
    const text = await readRegularFile(path, MOST_BYTES).then(String, notALock);
    const { mtimeMs } = await stat(path);
    return { holder: parsed(text), age: (Date.now() - mtimeMs) / 1000 };
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw cause;
  }
};

/** A large file is a damaged lock; what is no file is none at all, and what the system said is thrown as it is. */
const notALock = (error: unknown): string => {
  if (codeOf(error) === 'CORE_FILE_TOO_LARGE') return '';
  throw error instanceof Error ? (error.cause ?? error) : error;
};

const parsed = (text: string): Holder | undefined => {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
};

/** Whether its holder may still be at work. `scope` is that of this process. */
export const isHeld = ({ holder, age }: Lock, scope: string): Promise<boolean> | boolean => {
  // A time in the future is that of a clock that was set back since: it says nothing.
  if (holder === undefined) return Math.abs(age) < WRITING;
  const here = holder.host === hostname() && holder.scope === scope;
  return here ? isRunning(holder.pid, holder.started) : age < STALE;
};
