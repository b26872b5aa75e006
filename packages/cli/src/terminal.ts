// Where a command reads and writes. Results for programs go to stdout; with --json nothing else does.
import type { Output } from './progress/progress.ts';

/** What a command runs against: its two streams and its working folder. Results for programs go to `stdout` alone. */
export interface Terminal {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Paths are relative to this folder. */
  readonly folder: string;
}

/** What every command understands. */
export interface OutputOptions {
  readonly json?: true | undefined;
  readonly quiet?: true | undefined;
}

/** Where words for people go: stdout, or stderr when stdout is for a program; nowhere when quiet. */
export const words = ({ stdout, stderr }: Terminal, { json, quiet }: OutputOptions): Output => {
  if (quiet) return { write: () => true };
  return json ? stderr : stdout;
};

/** One line. */
export const say = (output: Output, line: string): void => {
  output.write(`${line}\n`);
};
