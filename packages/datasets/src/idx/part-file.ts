// What has arrived of a file so far. Every process writes a part of its own, so that two never write into one. A
// download that ends early leaves its part behind, and a later one begins with the longest: whoever wrote it, it
// is the start of the same published file, and the SHA-256 of the whole decides.
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '@mapping-networks/core/node';
import { unstorable } from '../errors.ts';
import { leftovers, ownPart, remove, restingPart, type Leftover } from './leftovers.ts';

/** The part that one download writes. Every method throws DATASETS_UNSTORABLE when the disk refuses. */
export interface PartFile {
  /** Bytes that are there. */
  size(): number;
  append(chunk: Uint8Array): Promise<void>;
  /** Drops what is there, to begin anew. */
  empty(): Promise<void>;
  /** The same for bytes that proved wrong: what they were copied from goes too. */
  reject(): Promise<void>;
  /** A sign of life while no bytes come. */
  touch(): Promise<void>;
  /** SHA-256, in hexadecimal, of what the disk gives back. */
  digest(): Promise<string>;
  /** Makes it the file, durably, and removes what other downloads of it have left. */
  promote(): Promise<void>;
  /** Ends the work. What has not been promoted rests for a later download. */
  close(): Promise<void>;
}

const CHUNK_BYTES = 1 << 16;

/** A part for the file at `path`, begun with what is left of earlier downloads, up to `limit` bytes. */
export const openPart = async (path: string, limit: number): Promise<PartFile> =>
  storing(path, async () => {
    const own = ownPart(path);
    const before = await leftovers(path);
    await beginWithLongest(path, own, before, limit);
    await remove(before.filter((left) => !left.alive && (left.silent || left.bytes > limit)));
    return partAt(path, own, await open(own, constants.O_RDWR | constants.O_CREAT, 0o666));
  });

const partAt = async (path: string, own: string, handle: FileHandle): Promise<PartFile> => {
  let { size } = await handle.stat();
  let live = true;
  const release = async (): Promise<void> => {
    live = false;
    await handle.close();
  };
  const empty = async (): Promise<void> => {
    await handle.truncate(0);
    size = 0;
  };
  const append = async (chunk: Uint8Array): Promise<void> => {
    for (let done = 0; done < chunk.length;) {
      const { bytesWritten } = await handle.write(chunk, done, chunk.length - done, size);
      done += bytesWritten;
      size += bytesWritten;
    }
  };
  const promote = async (): Promise<void> => {
    await handle.sync();
    await release();
    await rename(own, path).catch((cause: unknown) => orDoneByAnother(path, own, size, cause));
    await syncFolder(dirname(path));
    await removeDead(path);
  };
  return {
    size: () => size,
    append: (chunk) => storing(path, () => append(chunk)),
    empty: () => storing(path, empty),
    reject: () => storing(path, () => empty().then(() => removeDead(path))),
    touch: () => storing(path, () => handle.utimes(new Date(), new Date())),
    digest: () => storing(path, () => digestOf(handle)),
    promote: () => storing(path, promote),
    close: () => storing(path, async () => (live ? release().then(() => rest(path, own, size)) : undefined)),
  };
};

/** Where a file that is being read cannot be replaced: the same bytes are there already. */
const orDoneByAnother = async (path: string, own: string, size: number, cause: unknown): Promise<void> => {
  const there = await stat(path).catch(() => undefined);
  if (there?.size !== size) throw cause;
  await rm(own, { force: true });
};

/** Puts a part where the next download finds it, unless it is no longer than what is there. */
const rest = async (path: string, own: string, size: number): Promise<void> => {
  const resting = restingPart(path);
  const there = await stat(resting).catch(() => undefined);
  await (size > (there?.size ?? 0) ? rename(own, resting) : rm(own, { force: true }));
};

const removeDead = async (path: string): Promise<void> =>
  remove((await leftovers(path)).filter(({ alive }) => !alive));

const beginWithLongest = async (
  path: string,
  own: string,
  parts: readonly Leftover[],
  limit: number,
): Promise<void> => {
  const fitting = parts.filter(({ bytes }) => bytes > 0 && bytes <= limit);
  for (const part of fitting.toSorted((a, b) => b.bytes - a.bytes)) {
    try {
      // One that rests changes hands. One that has an owner is copied, who may be alive after all.
      if (part.path === restingPart(path)) await rename(part.path, own);
      else await copyFile(part.path, own, constants.COPYFILE_EXCL);
      return;
    } catch (cause) {
      await rm(own, { force: true });
      // Somebody was quicker.
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause;
    }
  }
};

const digestOf = async (handle: FileHandle): Promise<string> => {
  const hash = createHash('sha256');
  const buffer = new Uint8Array(CHUNK_BYTES);
  let position = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES, position);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
};

const storing = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (cause) {
    throw unstorable(path, cause);
  }
};
