// What a user of the npm registry would trip over, for every package: publint (strict) reads the manifest against
// the files that would be packed, attw resolves its types the way Node and bundlers do.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { filesOnDisk, readPackages, repositoryRoot } from './workspace.ts';

const bin = (name: string): string => join(repositoryRoot, 'node_modules', '.bin', name);

const passes = (command: string, args: readonly string[]): boolean => {
  const { status, stdout, stderr } = spawnSync(bin(command), args, { cwd: repositoryRoot, encoding: 'utf8' });
  if (status !== 0) console.error(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
  return status === 0;
};

let failures = 0;
for (const { short, manifest } of readPackages(filesOnDisk(repositoryRoot))) {
  const directory = join('packages', short);
  const ok = [
    passes('publint', ['--strict', directory]),
    passes('attw', ['--pack', directory, '--profile', 'esm-only', '--no-emoji', '--format', 'ascii']),
  ].every(Boolean);
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${manifest.name}`);
  if (!ok) failures += 1;
}
if (failures > 0) process.exitCode = 1;
