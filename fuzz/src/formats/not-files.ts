// What may stand in the place of a file: folders, pipes, devices, links in circles, nothing, files of terabytes.
import { execFileSync } from 'node:child_process';
import { mkdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Random } from '../random.ts';

type Make = (path: string) => unknown;

/** By what they are. None of them can be read as a file of any format here. */
const NOT_FILES: Readonly<Record<string, Make>> = {
  nothing: () => {},
  'a folder': (path) => mkdir(path),
  'an empty file': (path) => writeFile(path, ''),
  'a link to /dev/zero': (path) => symlink('/dev/zero', path),
  'a link to /dev/random': (path) => symlink('/dev/random', path),
  'a link to nowhere': (path) => symlink(join(path, '..', 'nowhere'), path),
  'a link to itself': (path) => symlink(path, path),
  'a link to its folder': (path) => symlink('.', path),
  'a pipe': (path) => execFileSync('mkfifo', [path]),
  'a file of 8 TB': async (path) => {
    await writeFile(path, '');
    await truncate(path, 2 ** 43);
  },
  'a file of a system that never ends': (path) => symlink('/proc/self/mem', path),
};

/** Puts something that is no file in the place of `path`. */
export const replaceByNoFile = async (path: string, random: Random): Promise<string> => {
  const what = random.pick(Object.keys(NOT_FILES));
  await rm(path, { recursive: true, force: true });
  await NOT_FILES[what]?.(path);
  return what;
};
