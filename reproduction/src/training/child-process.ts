// A program of this repository as a process of its own, in a process group of its own: Ctrl-C reaches the parent alone,
// which passes it on once. A second one is passed on too, and ends the child at once.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface ChildRun {
  /** Null where a signal ended it. */
  readonly code: number | null;
  /** What it wrote to file descriptor 3. */
  readonly report: string;
}

const conditions = ['--conditions=@mapping-networks/source', '--import', 'tsx'];

const eachLine = async (stream: Readable, say: (line: string) => void): Promise<void> => {
  for await (const line of createInterface({ input: stream })) say(line);
};

const textOf = async (stream: Readable): Promise<string> => {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
};

/** Runs `script args` with `imports` loaded first; `say` gets every line of both outputs. */
export const runChild = async (
  script: string,
  args: readonly string[],
  say: (line: string) => void,
  imports: readonly string[] = [],
): Promise<ChildRun> => {
  const loaded = imports.flatMap((path) => ['--import', path]);
  const child = spawn(process.execPath, [...conditions, ...loaded, script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const [, output, errors, report] = child.stdio as [null, Readable, Readable, Readable, unknown];
  const passOn = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on('SIGINT', passOn).on('SIGTERM', passOn);
  try {
    const closed = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    const [code, written] = await Promise.all([
      closed,
      textOf(report),
      eachLine(output, say),
      eachLine(errors, say),
    ]);
    return { code, report: written };
  } finally {
    process.off('SIGINT', passOn).off('SIGTERM', passOn);
  }
};
