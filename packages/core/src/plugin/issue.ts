// What is wrong with data of unknown origin, issue by issue, and how an error tells it.
import { clipped, shown } from '../shown.ts';

/** One thing that is wrong with data of unknown origin. */
export interface OptionIssue {
  /** Where; empty for the data as a whole. */
  readonly path: readonly PropertyKey[];
  /** What was expected, as a part of a sentence: `expected a whole number of 1 to 100`. */
  readonly message: string;
  readonly received: unknown;
  /** The likely cure, as a sentence, where it can be told. */
  readonly hint?: string;
  /** The field has no default. */
  readonly required?: boolean;
}

/** More of them than a reader takes in at once are only counted. */
const MOST_TOLD = 5;

/** Characters of all issues together, but for the first: an error is to fit a screen. */
const MOST_CHARACTERS = 400;

/**
 * Issues as the problem and the remedy of an error; `where` says how a path is called.
 *
 * @example
 * ```ts
 * import { describeIssues } from '@mapping-networks/core';
 * const issue = { path: ['epochs'], message: 'expected a whole number of 1 to 100', received: 0 };
 * console.log(describeIssues([issue], (path) => `Option '${path}'`).problem); // Option 'epochs': expected a whole number of 1 to 100, got 0.
 * ```
 */
export const describeIssues = (
  issues: readonly OptionIssue[],
  where: (path: string) => string,
): { readonly problem: string; readonly remedy: string } => {
  const sentences = issues
    .slice(0, MOST_TOLD)
    .map(
      ({ path, message, received }) =>
        `${where(clipped(path.map(String).join('.')))}: ${message}, got ${received === undefined ? 'nothing' : shown(received)}.`,
    );
  const told = sentences.filter(
    (_, i) => i === 0 || sentences.slice(0, i + 1).join(' ').length <= MOST_CHARACTERS,
  );
  const more = issues.length - told.length;
  return {
    problem: [...told, ...(more === 0 ? [] : [`And ${more} more.`])].join(' '),
    remedy: remedyOf(issues.slice(0, told.length)),
  };
};

const remedyOf = (issues: readonly OptionIssue[]): string => {
  const hints = issues.flatMap(({ hint }) => hint ?? []);
  if (hints.length > 0) return [...new Set(hints)].join(' ');
  if (issues.every(({ path }) => path.length === 0)) return 'Pass the options as one object.';
  if (!issues.some(({ required }) => required))
    return 'Correct the value, or leave the option out for its default.';
  return issues.every(({ received }) => received === undefined)
    ? 'Set it: it has no default.'
    : 'Correct the value; there is no default.';
};
