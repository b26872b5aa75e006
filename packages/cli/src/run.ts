// Runs one command line and answers with an exit code. Errors become two lines, what is wrong and what to do;
// --debug adds where they are from.
import { CommanderError } from 'commander';
import { FAILURE, INTERRUPTED, OK, USAGE } from './exit-code.ts';
import { Interrupted } from './interrupted.ts';
import { coloursOf, pageWidth, type Output } from './output.ts';
import { program } from './program/program.ts';
import { say, type Terminal } from './terminal.ts';
import { codeOf, messageOf, remedyOf, UsageError } from './usage-error.ts';
import { wrap } from './wrap.ts';

/**
 * Runs `mapnet` with these arguments (without the names of node and the script). Never throws, never exits.
 *
 * @example
 * ```ts
 * import { run } from '@mapping-networks/cli';
 * const code = await run(['list', 'projection'], { ...process, folder: process.cwd() });
 * console.log(code); // 0
 * ```
 */
export const run = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  try {
    await program(terminal).parseAsync(args, { from: 'user' });
    return OK;
  } catch (thrown) {
    return exitCodeOf(thrown, args.includes('--debug'), terminal);
  }
};

const exitCodeOf = (thrown: unknown, debug: boolean, { stderr }: Terminal): number => {
  // Commander has printed its own errors, help and version already.
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? OK : USAGE;
  if (thrown instanceof Interrupted) {
    say(stderr, thrown.message);
    return thrown.exitCode;
  }
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    say(stderr, 'interrupted; nothing was saved');
    return INTERRUPTED;
  }
  sayError(thrown, stderr);
  if (debug && thrown instanceof Error) say(stderr, traceOf(thrown));
  return thrown instanceof UsageError ? USAGE : FAILURE;
};

/**
 * `error: what is wrong`, on a line of its own what to do, and the code, which docs/errors.md explains. Prose is folded
 * in a window and stays as it is in a file.
 */
const sayError = (thrown: unknown, stderr: Output): void => {
  const { red, dim } = coloursOf(stderr);
  const code = codeOf(thrown);
  const words = lines(messageOf(thrown), remedyOf(thrown));
  const text = wrap(`error: ${words}${code === undefined ? '' : ` (${code})`}`, pageWidth(stderr, Infinity));
  say(stderr, text.replace(/^error:/, red).replace(/\([A-Z0-9_]+\)$/, dim));
};

/** The problem, and below it the remedy. */
const lines = (message: string, remedy: string | undefined): string =>
  remedy !== undefined && message.endsWith(` ${remedy}`)
    ? `${message.slice(0, -remedy.length - 1)}\n${remedy}`
    : message;

const traceOf = (error: Error): string => {
  const cause = error.cause instanceof Error ? `\ncaused by ${traceOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
};
