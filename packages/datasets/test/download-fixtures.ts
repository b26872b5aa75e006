// One file of 200,000 random bytes that downloads of the tests are after, and how they go.
import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { expect } from 'vitest';
import { download, type Patience } from '../src/idx/download.ts';
import type { OfficialFile } from '../src/idx/image-set.ts';
import { smallSet } from './idx-fixtures.ts';

export const name = 'file.gz';
export const content: Uint8Array = new Uint8Array(randomBytes(200_000));
export const files: Readonly<Record<string, Uint8Array>> = { [name]: content };
export const { info } = smallSet([], {});
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
export const official: OfficialFile = { name, bytes: content.length, sha256: sha256(content) };
export const quick: Patience = { stallMs: 2_000, attempts: 3, pauseMs: 1 };
export const host: string = hostname().replaceAll(/[^\w.]/g, '_');
/** A process that is no more: numbers of processes end far below. */
export const deadPart = `${name}.${host}-99999999-00000000.part`;

/** Downloads the file; gives the SHA-256 of what came of it. */
export const fetched = async (
  folder: string,
  mirrors: readonly string[],
  { limits = quick, ...context }: Parameters<typeof download>[3] & { limits?: Patience } = {},
): Promise<string> =>
  sha256(await readFile(await download({ info, mirrors }, official, folder, context, {}, limits)));

export const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no error',
    (error: unknown) => error,
  );

export const failed = (words: string): object => ({
  code: 'DATASETS_DOWNLOAD_FAILED',
  message: expect.stringContaining(words) as string,
});
