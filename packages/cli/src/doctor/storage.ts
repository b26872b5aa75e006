// Folders that are written to: the cache of downloads, and where runs go.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, constants, readdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheFolder, type Environment } from '@mapping-networks/datasets/node';
import { bytes } from '../format.ts';
import { messageOf } from '../usage-error.ts';
import { note, ok, problem, type Finding } from './finding.ts';
import { largeBytes } from './large-bytes.ts';

/** Far more than a run with its checkpoints takes, far less than what makes a machine slow. */
const LITTLE = 100 * 1024 ** 2;

export const cacheFinding = async (env: Environment): Promise<Finding> => {
  const folder = cacheFolder(env);
  const there = existsSync(folder);
  try {
    await probe(folder);
    return ok('cache', `${folder}, ${there ? bytes(await sizeBelow(folder)) : 'made by the first download'}`);
  } catch (cause) {
    const remedy = 'Name a folder that can be written in the environment variable MAPPING_NETWORKS_CACHE.';
    return problem('cache', `${folder} cannot be written: ${messageOf(cause)}`, remedy);
  }
};

export const diskFinding = async (folder: string): Promise<Finding> => {
  const runs = join(folder, 'runs');
  try {
    await probe(runs);
    const { bavail, bsize } = await statfs(existing(runs));
    const fact = `${largeBytes(bavail * bsize)} free where runs are written, ${runs}`;
    if (bavail * bsize >= LITTLE) return ok('disk', fact);
    return note(
      'disk',
      fact,
      'Make room before a long run; a full disk ends it, with its last checkpoint whole.',
    );
  } catch (cause) {
    return problem(
      'disk',
      `${runs} cannot be written: ${messageOf(cause)}`,
      'Name another folder with --out.',
    );
  }
};

/** The folder, or the part of its path that exists already. */
const existing = (folder: string): string => (existsSync(folder) ? folder : existing(dirname(folder)));

/** Rejects when nothing can be written there. What does not exist is not made: its ground is asked. */
const probe = async (folder: string): Promise<void> => {
  const ground = existing(folder);
  if (ground !== folder) return access(ground, constants.W_OK);
  const file = join(folder, `.${randomUUID()}.tmp`);
  try {
    await writeFile(file, 'x', { flag: 'wx' });
  } finally {
    await rm(file, { force: true });
  }
};

const sizeBelow = async (folder: string): Promise<number> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(({ name, parentPath }) =>
      stat(join(parentPath, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
};
