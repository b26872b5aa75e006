// Reads the workspace through a tiny view of files, so that the same code serves the real file system and the
// in-memory tree in which nx generators work.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LayerTable } from './layers.ts';

/** A read-only view of the repository; paths are relative to its root. */
export interface Files {
  read(path: string): string | undefined;
  children(directory: string): string[];
}

export interface Manifest {
  readonly name: string;
  readonly description?: string;
  readonly private?: boolean;
  readonly type?: string;
  readonly license?: string;
  readonly sideEffects?: boolean;
  readonly files?: readonly string[];
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export interface WorkspacePackage {
  /** Folder name under packages/. */
  readonly short: string;
  readonly manifest: Manifest;
}

/** The root of this repository. */
export const repositoryRoot: string = join(import.meta.dirname, '..', '..');

/** The view of a folder on disk. */
export const filesOnDisk = (root: string): Files => ({
  read: (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined),
  children: (directory) => readdirSync(join(root, directory)).sort(),
});

/** A JSON file that must be there. */
export const readJson = <T>(files: Files, path: string): T => {
  const text = files.read(path);
  if (text === undefined) throw new Error(`Expected ${path} in the repository; it is missing.`);
  return JSON.parse(text) as T;
};

export const readLayers = (files: Files): LayerTable => readJson<LayerTable>(files, 'tools/layers.json');

/** Every package under packages/, in the order of their names. */
export const readPackages = (files: Files): WorkspacePackage[] =>
  files
    .children('packages')
    .filter((short) => files.read(`packages/${short}/package.json`) !== undefined)
    .map((short) => ({ short, manifest: readJson<Manifest>(files, `packages/${short}/package.json`) }));
