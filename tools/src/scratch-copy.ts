// A copy of the working tree in the system's temporary folder, in which a release can be rehearsed or a package
// generated without touching this one. Third-party packages are linked, workspace packages resolve to the copy.

import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { repositoryRoot } from './workspace.ts';

const skipped = new Set(['node_modules', 'dist', '.git', '.nx', 'coverage', 'runs', 'demo-run']);

/** Folders that tests beside this one make and remove. */
const passing = /^\.(examples-\w+|readme)$/;

/** A new empty folder outside the repository. */
export const emptyFolder = (purpose: string): string =>
  realpathSync(mkdtempSync(join(tmpdir(), `mapping-networks-${purpose}-`)));

const linkEntries = (from: string, to: string, names: readonly string[]): void => {
  mkdirSync(to, { recursive: true });
  for (const name of names) symlinkSync(join(from, name), join(to, name));
};

const isWorkspaceLink = (name: string): boolean =>
  name === '@mapping-networks' || name === 'mapping-networks';

const linkOnce = (target: string, path: string): void => {
  if (existsSync(target) && !existsSync(path)) symlinkSync(target, path);
};

/** Makes every package of the copy importable by its name, as npm does for workspaces. */
export const linkPackages = (copy: string): void => {
  const to = join(copy, 'node_modules');
  mkdirSync(join(to, '@mapping-networks'), { recursive: true });
  for (const short of readdirSync(join(copy, 'packages'))) {
    const directory = join(copy, 'packages', short);
    linkOnce(
      directory,
      short === 'mapping-networks' ? join(to, short) : join(to, '@mapping-networks', short),
    );
    linkOnce(join(repositoryRoot, 'packages', short, 'node_modules'), join(directory, 'node_modules'));
  }
};

/** Copies the working tree and returns the folder of the copy. The caller removes it. */
export const scratchCopy = (purpose: string): string => {
  const copy = emptyFolder(purpose);
  const apiDocs = join('docs', 'api');
  cpSync(repositoryRoot, copy, {
    recursive: true,
    filter: (source) =>
      !skipped.has(basename(source)) &&
      !passing.test(basename(source)) &&
      relative(repositoryRoot, source) !== apiDocs,
  });
  const modules = join(repositoryRoot, 'node_modules');
  linkEntries(
    modules,
    join(copy, 'node_modules'),
    readdirSync(modules).filter((name) => !isWorkspaceLink(name)),
  );
  linkPackages(copy);
  return copy;
};
