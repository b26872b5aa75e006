// The conventions that every package keeps, checked on the manifests and the imports themselves.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { internalDependencies, outdatedFiles } from '../src/generated-files.ts';
import { allPackages, isInternal, layerOf, mayImport, publishedName, shortName } from '../src/layers.ts';
import { filesOnDisk, readJson, readLayers, readPackages, repositoryRoot } from '../src/workspace.ts';

const files = filesOnDisk(repositoryRoot);
const table = readLayers(files);
const packages = readPackages(files);

const sourceFiles = (directory: string): string[] =>
  existsSync(directory)
    ? readdirSync(directory, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.ts'))
        .map((path) => join(directory, path))
    : [];

/** Package names imported by a source file in any way: static, type-only, dynamic, re-exported. */
const importedPackages = (path: string): string[] =>
  ts
    .preProcessFile(readFileSync(path, 'utf8'), true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );

const changesets = readdirSync(join(repositoryRoot, '.changeset')).filter((name) => name.endsWith('.md'));

describe('the workspace', () => {
  it('holds exactly the packages of the layer table', () => {
    expect(packages.map(({ short }) => short)).toEqual(allPackages(table));
  });

  it('has no generated file out of date (npm run sync)', () => {
    expect([...outdatedFiles(files).keys()]).toEqual([]);
  });

  it('releases all packages as one fixed group', () => {
    const { fixed } = readJson<{ fixed: string[][] }>(files, '.changeset/config.json');
    expect(fixed).toEqual([['mapping-networks', '@mapping-networks/!(tools)']]);
  });

  it.each(changesets)('changeset %s names packages that exist', (name) => {
    const [, header = ''] = readFileSync(join(repositoryRoot, '.changeset', name), 'utf8').split('---');
    const named = [...header.matchAll(/^['"]([^'"]+)['"]: (patch|minor|major)$/gm)].map(([, value]) => value);
    expect(named.length).toBeGreaterThan(0);
    const unknown = named.filter((value) => packages.every(({ manifest }) => manifest.name !== value));
    expect(unknown).toEqual([]);
  });
});

describe.each(packages.map(({ short, manifest }) => [short, manifest] as const))(
  'packages/%s',
  (short, manifest) => {
    const directory = join(repositoryRoot, 'packages', short);
    const sources = sourceFiles(join(directory, 'src'));

    it('is named after its folder', () => {
      expect(manifest.name).toBe(publishedName(short));
      expect(manifest.description).toMatch(/\.$/);
    });

    it('is an ESM package without side effects, under Apache-2.0', () => {
      expect(manifest).toMatchObject({ type: 'module', sideEffects: false, license: 'Apache-2.0' });
      expect(manifest.private).toBeUndefined();
    });

    it('ships its licence, its README and its build', () => {
      expect(manifest.files).toEqual(expect.arrayContaining(['dist', 'src', 'README.md', 'LICENSE']));
      const licence = readFileSync(join(directory, 'LICENSE'), 'utf8');
      expect(licence).toBe(readFileSync(join(repositoryRoot, 'LICENSE'), 'utf8'));
    });

    it('has a README of one screen that begins with its name', () => {
      const lines = readFileSync(join(directory, 'README.md'), 'utf8').split('\n');
      expect(lines[0]).toBe(`# ${manifest.name}`);
      expect(lines.length).toBeLessThanOrEqual(80);
    });

    it('exports sources for the workspace, then types, then the build', () => {
      const entries = Object.entries(manifest.exports ?? {});
      expect(entries.map(([path]) => path)).toEqual(expect.arrayContaining(['.', './package.json']));
      for (const [path, target] of entries) {
        if (typeof target === 'string') {
          expect(target).toBe(path);
          expect(existsSync(join(directory, target)), target).toBe(true);
          continue;
        }
        const name = path === '.' ? 'index' : path.slice(2);
        expect(Object.entries(target)).toEqual([
          ['@mapping-networks/source', `./src/${name}.ts`],
          ['types', `./dist/${name}.d.ts`],
          ['default', `./dist/${name}.js`],
        ]);
        expect(existsSync(join(directory, 'src', `${name}.ts`)), `src/${name}.ts`).toBe(true);
      }
    });

    it('is in the layer table and depends only on lower layers', () => {
      expect(layerOf(table, short)).toBeDefined();
      expect(mayImport(table, short)).toEqual(expect.arrayContaining(internalDependencies(manifest)));
    });

    it('declares what it imports, and imports what it declares of this workspace', () => {
      const imported = new Set(sources.flatMap(importedPackages));
      const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
      expect(declared).toEqual(
        expect.arrayContaining([...imported].filter((name) => name !== manifest.name)),
      );
      const internal = [...imported].filter(isInternal).map(shortName);
      expect(internal.toSorted()).toEqual(internalDependencies(manifest));
    });

    it('has the references of its workspace dependencies', () => {
      const { references } = readJson<{ references: { path: string }[] }>(
        files,
        `packages/${short}/tsconfig.build.json`,
      );
      expect(references.map(({ path }) => path.split('/')[1])).toEqual(internalDependencies(manifest));
    });

    it('keeps every source file under 300 lines', () => {
      const long = sources.filter((path) => readFileSync(path, 'utf8').split('\n').length > 301);
      expect(long).toEqual([]);
    });
  },
);
