// A release without publishing: version, build and pack every package in a copy, install the tarballs into empty
// projects outside the repository, and run small programs there as a user would. Prints what it saw.

import { copyFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../src/run-command.ts';
import { emptyFolder, scratchCopy } from '../src/scratch-copy.ts';
import { filesOnDisk, readPackages, repositoryRoot, type Manifest } from '../src/workspace.ts';
import { bundlePage } from './bundle-page.ts';
import { onnxInChromium } from './onnx-in-chromium.ts';
import { readmeExample, withDependencies } from './readme-example.ts';

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

/** Every package that is installed in a project, from its lock file. */
const installed = (project: string): string[] => {
  const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as { packages: object };
  return Object.keys(lock.packages).flatMap((path) =>
    path === '' ? [] : [path.replace('node_modules/', '')],
  );
};

const copyProgram = (project: string, program: string): void =>
  copyFileSync(join(import.meta.dirname, 'programs', program), join(project, program));

const runProgram = (project: string, program: string): void => {
  copyProgram(project, program);
  say(`${program}: ${runCommand(project, process.execPath, [program]).trim()}`);
};

/** Compiles a program of a project against the types that were installed. */
const checkTypes = (project: string, program: string): void => {
  const options = ['--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', '--target', 'es2023'];
  const tsc = bin(repositoryRoot, 'tsc');
  runCommand(project, tsc, ['--noEmit', ...options, '--module', 'nodenext', '--types', '', program]);
  say(`${program}: compiles`);
};

const named = (tarballs: readonly Tarball[], names: readonly string[]): Tarball[] =>
  tarballs.filter(({ name }) => names.includes(name));

const manifests = (copy: string): Manifest[] =>
  readPackages(filesOnDisk(copy)).map(({ manifest }) => manifest);

/** What a page may load of the runtime. */
const MOST_PAGE_BYTES = 6144;

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
  copyProgram(everything, 'types.ts');
  checkTypes(everything, 'types.ts');
  const help = runCommand(everything, bin(everything, 'mapnet'), ['--help']);
  for (const command of ['train', 'eval', 'predict', 'info', 'list', 'init']) {
    if (!help.includes(command)) throw new Error(`mapnet --help does not mention ${command}:\n${help}`);
  }
  say(`mapnet --help: ${help.split('\n')[0]}`);

  const alone = temporary(
    install(
      'core-alone',
      named(tarballs, ['@mapping-networks/core', '@mapping-networks/runtime']),
      tensorflow,
    ),
  );
  runProgram(alone, 'core-alone.mjs');
  if (installed(alone).includes('mapping-networks'))
    throw new Error('core must not pull in the umbrella package.');

  const runtime = temporary(install('runtime', named(tarballs, ['@mapping-networks/runtime'])));
  const others = installed(runtime).filter((name) => name !== '@mapping-networks/runtime');
  if (others.length > 0) throw new Error(`runtime must not pull in anything, got ${others.join(', ')}.`);
  cpSync(join(everything, 'exported'), join(runtime, 'exported'), { recursive: true });
  runProgram(runtime, 'runtime-alone.mjs');
  copyProgram(runtime, 'runtime-page.mjs');
  const bytes = await bundlePage(runtime, 'runtime-page');
  say(`runtime-page.mjs: ${bytes} bytes, minified and gzipped`);
  if (bytes > MOST_PAGE_BYTES)
    throw new Error(`A page must get at most ${MOST_PAGE_BYTES} bytes of runtime.`);
  rmSync(join(runtime, 'node_modules'), { recursive: true });
  runProgram(runtime, 'runtime-bundled.mjs');

  const { packages, program } = readmeExample(
    join(everything, 'node_modules', '@mapping-networks', 'export'),
  );
  const ours = withDependencies(packages, manifests(copy));
  const foreign = packages.filter((name) => !ours.has(name));
  const stacked = temporary(install('stacked', named(tarballs, [...ours]), foreign));
  writeFileSync(join(stacked, 'stacked.ts'), program);
  checkTypes(stacked, 'stacked.ts');
  // One line an export: what follows its name, size and figures is indented.
  const lines = runCommand(stacked, bin(repositoryRoot, 'tsx'), ['stacked.ts']).split('\n');
  for (const line of lines.filter((each) => /^\w/.test(each)))
    say(`README of export: ${line.replace(/ \{$/, '')}`);
  copyProgram(stacked, 'onnx-in-node.mjs');
  const printed = runCommand(stacked, process.execPath, ['onnx-in-node.mjs']);
  say(`its ONNX in Chromium: ${await onnxInChromium(stacked, printed)}`);
  say('done');
} finally {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
