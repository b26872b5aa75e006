// What an underlying error says, as a part of a sentence of ours.
import { clipped } from './shown.ts';

/** Node ends its errors about files with the call and the path: `, open 'x'`. Ours name the path already. */
const CALL = /, [a-z]+(?: '[^']*'(?: -> '[^']*')?)?$/;

/**
 * The words of whatever was thrown: one line of bounded length, without a full stop at its end.
 *
 * @example
 * ```ts
 * import { reasonOf } from '@mapping-networks/core';
 * console.log(reasonOf(new Error("ENOENT: no such file or directory, open 'x'"))); // ENOENT: no such file or directory
 * ```
 */
export const reasonOf = (cause: unknown): string => {
  const [line = ''] = (cause instanceof Error ? cause.message : String(cause)).trim().split('\n');
  const words = /^E[A-Z]+: /.test(line) ? line.replace(CALL, '') : line;
  return clipped(words.trimEnd().replace(/\.$/, ''), 300);
};
