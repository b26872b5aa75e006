// What the README of a package tells a newcomer to do: the packages to install, and the first program.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../src/workspace.ts';

export interface ReadmeExample {
  /** All that its `npm install` lines name. */
  readonly packages: readonly string[];
  readonly program: string;
}

export const readmeExample = (folder: string): ReadmeExample => {
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const lines = [...readme.matchAll(/^npm install (.+)$/gm)];
  const program = /^```ts\n(.*?)^```$/ms.exec(readme)?.[1];
  if (lines.length === 0 || program === undefined)
    throw new Error(`Expected an install line and a program in the README of ${folder}.`);
  return { packages: lines.flatMap(([, names = '']) => names.split(' ')), program };
};

/** These packages of the workspace and all that they depend on, which no registry has yet. */
export const withDependencies = (
  names: readonly string[],
  manifests: readonly Manifest[],
): ReadonlySet<string> => {
  const found = new Set<string>();
  const add = (name: string): void => {
    const manifest = manifests.find((each) => each.name === name);
    if (manifest === undefined || found.has(name)) return;
    found.add(name);
    Object.keys(manifest.dependencies ?? {}).forEach(add);
  };
  names.forEach(add);
  return found;
};
