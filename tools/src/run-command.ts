// Runs a command to its end and returns what it printed; a failure becomes an error that shows all of it.

import { spawnSync } from 'node:child_process';

/** stdout of the command, run in `cwd`. Vitest's own variables are not passed on, so that vitest can run inside. */
export const runCommand = (cwd: string, command: string, args: readonly string[]): string => {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env: { ...env, NODE_ENV: '', NX_DAEMON: 'false', FORCE_COLOR: '0' },
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (error) throw error;
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}\n${stderr}`);
  return stdout;
};
