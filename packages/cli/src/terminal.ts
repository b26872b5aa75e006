// Where a command reads and writes. Results for programs go to stdout; with --json nothing else does.
import type { Output } from './output.ts';

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
  readonly verbose?: true | undefined;
}

const nowhere: Output = { write: () => true };

/** Where words for people go: stdout, or stderr when stdout is for a program; nowhere when quiet. */
export const words = ({ stdout, stderr }: Terminal, { json, quiet }: OutputOptions): Output => {
  if (quiet) return nowhere;
  return json ? stderr : stdout;
};

/** Where details go that only --verbose asks for. */
export const details = (terminal: Terminal, options: OutputOptions): Output =>
  options.verbose ? words(terminal, options) : nowhere;

/** One line. */
export const say = (output: Output, line: string): void => {
  output.write(`${line}\n`);
};
