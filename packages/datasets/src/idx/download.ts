// One official file from the first mirror that gives the right bytes. It appears in the folder whole or not at all:
// written under a temporary name, checked, renamed.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadContext } from '@mapping-networks/core';
import { downloadFailed, reasonOf, unwritableFolder, type Attempt } from '../errors.ts';
import type { ImageSet, OfficialFile } from './image-set.ts';

/**
 * Downloads `file` into `folder` and returns its path.
 *
 * @throws DATASETS_DOWNLOAD_FAILED, DATASETS_UNWRITABLE_FOLDER, or the reason of the signal
 */
export const download = async (
  { info, mirrors }: Pick<ImageSet, 'info' | 'mirrors'>,
  file: OfficialFile,
  folder: string,
  { signal, onProgress }: LoadContext,
): Promise<string> => {
  const path = join(folder, file.name);
  const attempts: Attempt[] = [];
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw unwritableFolder(folder, cause);
  });
  for (const mirror of mirrors) {
    const url = new URL(file.name, mirror).href;
    onProgress?.(`${info.title}: downloading ${url} (${(file.bytes / 1e6).toFixed(1)} MB)`);
    try {
      await fetchTo(url, path, file, signal);
      return path;
    } catch (cause) {
      signal?.throwIfAborted();
      attempts.push({ url, reason: reasonOf(cause) });
    }
  }
  throw downloadFailed(info.title, attempts, file.sha256, path);
};

const fetchTo = async (
  url: string,
  path: string,
  file: OfficialFile,
  signal: AbortSignal | undefined,
): Promise<void> => {
  const response = await fetch(url, signal ? { signal } : {});
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new Error(`HTTP status ${response.status}`);
  }
  const temporary = `${path}.${randomUUID()}.part`;
  try {
    const handle = await open(temporary, 'wx');
    try {
      await writeChecked(handle, response.body, file);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
};

const writeChecked = async (
  handle: FileHandle,
  body: AsyncIterable<Uint8Array>,
  { bytes, sha256 }: OfficialFile,
): Promise<void> => {
  const hash = createHash('sha256');
  let received = 0;
  for await (const chunk of body) {
    received += chunk.length;
    if (received > bytes) throw new Error(`sends more than the ${bytes} bytes of the official file`);
    hash.update(chunk);
    await handle.writeFile(chunk);
  }
  const digest = hash.digest('hex');
  if (digest !== sha256)
    throw new Error(`sends other bytes: SHA-256 ${digest} (${received} bytes), expected ${sha256}`);
};
