// Runs the command in tests: as a child process, like a user would, or within the test where only words matter.
import { run } from '@mapping-networks/cli';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { nodeArguments } from './node-arguments.ts';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A child process; `watch` sees it while it runs. */
export const mapnet = (
  folder: string,
  args: readonly string[],
  watch: (child: ChildProcess, stdout: string) => void = () => {},
): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, nodeArguments(args), {
      cwd: folder,
      env: { ...process.env, NO_COLOR: '1' },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      watch(child, stdout);
    });
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });

/** The same within this process: quicker, for words and exit codes. */
export const here = async (folder: string, ...args: readonly string[]): Promise<Finished> => {
  let stdout = '';
  let stderr = '';
  const code = await run(args, {
    folder,
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
  });
  return { code, stdout, stderr };
};

const folders: string[] = [];
afterAll(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

/** An empty folder that goes away after the tests of the file. */
export const emptyFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'mapnet-'));
  folders.push(folder);
  return folder;
};

/** A training run of about a second. */
export const small: readonly string[] = [
  '--target mlp --dataset glyphs --latent-dim 32 --epochs 1 --batch-size 50',
  '--set target.hidden=[8] --set dataset.train=300 --set dataset.validation=60 --set dataset.test=60',
].flatMap((line) => line.split(' '));
