// One official file from the first mirror that gives the right bytes. It appears in the folder whole or not at all;
// what an interruption leaves is taken up by the next download of it.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { LoadContext } from '@mapping-networks/core';
import { downloadFailed, unwritableFolder, type Attempt } from '../errors.ts';
import type { Environment } from './folders.ts';
import type { ImageSet, OfficialFile } from './image-set.ts';
import { openPart, type PartFile } from './part-file.ts';
import { downloadProgress } from './progress.ts';
import { openConnection, type Ask } from './proxy.ts';
import { following } from './redirects.ts';
import { transfer } from './transfer.ts';

/** When to give up on a mirror. */
export interface Patience {
  /** Longest silence of a connection. */
  readonly stallMs: number;
  /** Requests in a row that may be interrupted without bringing `WORTHWHILE` bytes. */
  readonly attempts: number;
  /** Pause after the first of them; it doubles with each, up to eight times as long. */
  readonly pauseMs: number;
}

export const patience: Patience = { stallMs: 30_000, attempts: 4, pauseMs: 1_000 };

/** A mirror that brings so much before each interruption is worth going on with: the number of requests is bounded. */
const WORTHWHILE = 1 << 16;

/** What all requests of one download share. */
interface Download extends LoadContext {
  readonly ask: Ask;
  readonly title: string;
  readonly file: OfficialFile;
  readonly part: PartFile;
  readonly patience: Patience;
}

/**
 * Downloads `file` into `folder` and returns its path.
 *
 * @throws DATASETS_DOWNLOAD_FAILED, DATASETS_UNWRITABLE_FOLDER, DATASETS_UNSTORABLE, DATASETS_BAD_PROXY, or the reason
 * of the signal
 */
export const download = async (
  { info: { title }, mirrors }: Pick<ImageSet, 'info' | 'mirrors'>,
  file: OfficialFile,
  folder: string,
  context: LoadContext,
  env: Environment,
  limits: Patience = patience,
): Promise<string> => {
  const path = join(folder, file.name);
  context.signal?.throwIfAborted();
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw unwritableFolder(folder, cause);
  });
  const connection = await openConnection(env);
  const part = await openPart(path, file.bytes);
  try {
    const ask = following(connection.ask);
    const attempts = await fromMirrors(mirrors, { ...context, ask, title, file, part, patience: limits });
    if (attempts !== undefined) {
      throw downloadFailed(title, attempts, file.sha256, path, connection.proxies);
    }
    await part.promote();
    return path;
  } finally {
    await part.close();
    await connection.close();
  }
};

/** Fills the part; gives the failures when no mirror could. */
const fromMirrors = async (
  mirrors: readonly string[],
  shared: Download,
): Promise<readonly Attempt[] | undefined> => {
  const failures: Attempt[] = [];
  for (const mirror of mirrors) {
    const url = new URL(shared.file.name, mirror).href;
    const reason = await fromMirror(url, shared);
    if (reason === undefined) return undefined;
    failures.push({ url, reason });
  }
  return failures;
};

/** Fills the part from one mirror, with as many requests as it takes; says why when it cannot. */
const fromMirror = async (url: string, shared: Download): Promise<string | undefined> => {
  const { file, part, signal, title, onProgress } = shared;
  const onBytes = downloadProgress(title, file, onProgress);
  onProgress?.(started(title, url, file, part.size()));
  // Bytes of another mirror or of an earlier download may be the wrong ones.
  let inherited = part.size() > 0;
  let failures = 0;
  let etag: string | undefined;
  for (;;) {
    const before = part.size();
    const outcome =
      before === file.bytes
        ? ({ type: 'complete' } as const)
        : await transfer({
            ...shared,
            signal,
            url,
            etag,
            stallMs: shared.patience.stallMs,
            onBytes,
            onEtag: (given) => (etag = given),
          });
    if (outcome.type === 'refused') return outcome.reason;
    if (outcome.type === 'complete') {
      const wrong = await wrongBytes(part, file);
      if (wrong === undefined || !inherited) return wrong;
      inherited = false;
    } else {
      failures = part.size() - before >= WORTHWHILE ? 1 : failures + 1;
      if (failures >= shared.patience.attempts) return `${outcome.reason} (${failures} times in a row)`;
      await pause(failures, shared);
    }
  }
};

const started = (title: string, url: string, { bytes }: OfficialFile, present: number): string => {
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
  const rest = present > 0 ? `, ${(present / 1e6).toFixed(1)} MB of them are there already` : '';
  return `${title}: downloading ${url} (${size}${rest})`;
};

/** What is wrong with a part of the right size, which is dropped then. */
const wrongBytes = async (part: PartFile, { bytes, sha256 }: OfficialFile): Promise<string | undefined> => {
  const digest = await part.digest();
  if (digest === sha256) return undefined;
  await part.reject();
  return `sends other bytes: SHA-256 ${digest} (${bytes} bytes), expected ${sha256}`;
};

const pause = async (failures: number, { signal, patience: { pauseMs } }: Download): Promise<void> => {
  const ms = pauseMs * Math.min(8, 2 ** (failures - 1));
  await setTimeout(ms, undefined, signal ? { signal } : {}).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw cause;
  });
};
