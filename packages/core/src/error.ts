// The one error class of the project. Every package keeps a catalogue (`errors.ts`): one function per error,
// each with a stable code, so that callers match on `code` and never on words.
import { clipped, printable } from './shown.ts';

/** Characters of a problem; what files bring into it is shortened earlier, this is for all else. */
const MOST_PROBLEM = 4_000;

/** What an error of this project carries besides its message. */
export interface ErrorDetails {
  /** Stable, upper-case, prefixed by the package: `CORE_UNKNOWN_NAME`. */
  readonly code: string;
  /** What was expected and what came instead. */
  readonly problem: string;
  /** What the reader can do about it. */
  readonly remedy: string;
  readonly cause?: unknown;
}

/**
 * An error that says what was expected, what came, and what to do, on one line: control characters are written out.
 *
 * @example
 * ```ts
 * import { MappingNetworksError } from '@mapping-networks/core';
 * const error = new MappingNetworksError({
 *   code: 'DEMO_EMPTY',
 *   problem: 'Expected at least one layer, got none.',
 *   remedy: 'Add a dense layer.',
 * });
 * console.log(error.message); // Expected at least one layer, got none. Add a dense layer.
 * ```
 */
export class MappingNetworksError extends Error {
  override readonly name = 'MappingNetworksError';
  readonly code: string;
  readonly remedy: string;

  constructor({ code, problem, remedy, cause }: ErrorDetails) {
    super(
      `${clipped(problem, MOST_PROBLEM)} ${printable(remedy)}`,
      cause === undefined ? undefined : { cause },
    );
    this.code = code;
    this.remedy = printable(remedy);
  }
}
