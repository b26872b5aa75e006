// Starts a new process that knows only the run folder, and returns what the network is worth there.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface Reloaded {
  readonly accuracy: number;
  readonly fingerprint: string;
}

export const reload = async (folder: string): Promise<Reloaded> => {
  const program = fileURLToPath(new URL('reload.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, program, folder]);
  return JSON.parse(stdout) as Reloaded;
};
