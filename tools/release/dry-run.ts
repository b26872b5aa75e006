// A release without publishing: version, build and pack every package in a copy, install the tarballs into empty
// projects outside the repository, and run small programs there as a user would. Prints what it saw.

import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../src/run-command.ts';
import { emptyFolder, scratchCopy } from '../src/scratch-copy.ts';
import { filesOnDisk, readPackages, repositoryRoot } from '../src/workspace.ts';

interface Tarball {
  readonly name: string;
  readonly version: string;
  readonly size: number;
  readonly path: string;
}

const bin = (folder: string, name: string): string => join(folder, 'node_modules', '.bin', name);

const say = (line: string): void => console.log(`release dry run: ${line}`);

/** Applies the waiting changesets, builds, and packs every package into `tarballs`. */
const packAll = (copy: string, tarballs: string): Tarball[] => {
  runCommand(copy, bin(copy, 'changeset'), ['version']);
  runCommand(copy, bin(copy, 'tsc'), ['-b', 'tsconfig.build.json']);
  const packages = readPackages(filesOnDisk(copy));
  const folders = packages.map(({ short }) => `./packages/${short}`);
  const packed = runCommand(copy, 'npm', [
    'pack',
    ...folders,
    '--pack-destination',
    tarballs,
    '--json',
    '--silent',
  ]);
  const entries = JSON.parse(packed) as { name: string; version: string; size: number; filename: string }[];
  const versions = new Set(entries.map(({ version }) => version));
  if (entries.length !== packages.length || versions.size !== 1) {
    throw new Error(
      `Expected ${packages.length} tarballs of one version, got ${entries.length} of ${[...versions].join(', ')}.`,
    );
  }
  return entries.map(({ name, version, size, filename }) => ({
    name,
    version,
    size,
    path: join(tarballs, filename.replace('@', '').replace('/', '-')),
  }));
};

/** An empty project with the given tarballs installed from disk, everything else from the registry. */
const install = (purpose: string, tarballs: readonly Tarball[], others: readonly string[] = []): string => {
  const project = emptyFolder(purpose);
  writeFileSync(join(project, 'package.json'), '{ "name": "newcomer", "private": true, "type": "module" }\n');
  const paths = tarballs.map(({ path }) => path);
  runCommand(project, 'npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...paths, ...others]);
  return project;
};

const runProgram = (project: string, program: string): void => {
  copyFileSync(join(import.meta.dirname, 'programs', program), join(project, program));
  say(`${program}: ${runCommand(project, process.execPath, [program]).trim()}`);
};

/** Compiles a program against the types that were installed. */
const checkTypes = (project: string, program: string): void => {
  copyFileSync(join(import.meta.dirname, 'programs', program), join(project, program));
  const options = ['--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', '--target', 'es2023'];
  const tsc = bin(repositoryRoot, 'tsc');
  runCommand(project, tsc, ['--noEmit', ...options, '--module', 'nodenext', '--types', '', program]);
  say(`${program}: compiles`);
};

/** What computes and differentiates for someone who uses core without an engine. */
const tensorflow = ['@tensorflow/tfjs-backend-cpu@^4.22.0', '@tensorflow/tfjs-layers@^4.22.0', 'zod@^4'];

const folders: string[] = [];
const temporary = (folder: string): string => {
  folders.push(folder);
  return folder;
};

try {
  const copy = temporary(scratchCopy('release'));
  const tarballs = packAll(copy, temporary(emptyFolder('tarballs')));
  for (const { name, version, size } of tarballs) say(`${name}@${version} ${(size / 1024).toFixed(1)} KB`);

  const everything = temporary(install('everything', tarballs));
  runProgram(everything, 'umbrella.mjs');
  checkTypes(everything, 'types.ts');
  const help = runCommand(everything, bin(everything, 'mapnet'), ['--help']);
  for (const command of ['train', 'eval', 'predict', 'info', 'list', 'init']) {
    if (!help.includes(command)) throw new Error(`mapnet --help does not mention ${command}:\n${help}`);
  }
  say(`mapnet --help: ${help.split('\n')[0]}`);

  const core = tarballs.filter(({ name }) => name === '@mapping-networks/core');
  const alone = temporary(install('core-alone', core, tensorflow));
  runProgram(alone, 'core-alone.mjs');
  const lock = readFileSync(join(alone, 'package-lock.json'), 'utf8');
  if (lock.includes('node_modules/mapping-networks'))
    throw new Error('core must not pull in the umbrella package.');
  say('done');
} finally {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
