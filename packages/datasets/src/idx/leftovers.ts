// What downloads that ended early have left beside a file, and which of it somebody may still be writing.
import { randomUUID } from 'node:crypto';
import { lstat, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** A part on disk that was there before. */
export interface Leftover {
  readonly path: string;
  readonly bytes: number;
  /** Somebody may be writing it. */
  readonly alive: boolean;
  /** Nobody has written it for longer than a download is ever silent. */
  readonly silent: boolean;
}

const HOST = hostname().replaceAll(/[^\w.]/g, '_');
/** Above the longest time between two signs of life of a download: a stall and a pause before the next try. */
const SILENCE_MS = 60_000;

/** The end of a part's name: whose it is, unless it rests. */
const OWNER = /^(?:(.+)-(\d+)-[0-9a-f]{8}\.)?part$/;

/** A name for a part that nobody else uses: host and process say whose it is, the rest tells its parts apart. */
export const ownPart = (path: string): string =>
  `${path}.${HOST}-${process.pid}-${randomUUID().slice(0, 8)}.part`;

/** Where a part rests that nobody writes any more. */
export const restingPart = (path: string): string => `${path}.part`;

/** Every part of the file at `path`. A link is none: what is appended to one would be written elsewhere. */
export const leftovers = async (path: string): Promise<readonly Leftover[]> => {
  const folder = dirname(path);
  const prefix = `${basename(path)}.`;
  const found = await Promise.all(
    (await readdir(folder)).map(async (name): Promise<readonly Leftover[]> => {
      const owner = name.startsWith(prefix) ? OWNER.exec(name.slice(prefix.length)) : null;
      const file = owner && (await lstat(join(folder, name)).catch(() => undefined));
      if (!owner || !file?.isFile()) return [];
      const silent = Date.now() - file.mtimeMs > SILENCE_MS;
      return [{ path: join(folder, name), bytes: file.size, alive: mayLive(owner, silent), silent }];
    }),
  );
  return found.flat();
};

export const remove = async (parts: readonly Leftover[]): Promise<void> => {
  for (const { path } of parts) await rm(path, { force: true });
};

/** Whether the owner of a part may be at work: known on this host, guessed by its silence on others. */
const mayLive = ([, host, pid]: RegExpExecArray, silent: boolean): boolean =>
  host === HOST ? isRunning(Number(pid)) : host !== undefined && !silent;

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    // A process of another user runs too.
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
};
