// Arguments of public functions: a program in JavaScript passes anything, and learns here what was meant instead of
// meeting a TypeError further in.
import { invalidArgument } from './plugin/errors.ts';
import { allowed } from './plugin/allowed.ts';

/**
 * Refuses an argument of a public function in the words that all of them use.
 *
 * @throws CORE_INVALID_ARGUMENT unless `fits`: "`call`, argument '`argument`': expected `expected`, got …"
 * @example
 * ```ts
 * import { requireArgument } from '@mapping-networks/core';
 * const length = (text: string): number => {
 *   requireArgument(typeof text === 'string', 'length', 'text', 'a string', text);
 *   return text.length;
 * };
 * console.log(length('four')); // 4
 * ```
 */
export const requireArgument = (
  fits: boolean,
  call: string,
  argument: string,
  expected: string,
  received: unknown,
): void => {
  if (!fits) throw invalidArgument(call, argument, [{ path: [], message: `expected ${expected}`, received }]);
};

/**
 * Refuses an argument that is no count, index or size within bounds.
 *
 * @throws CORE_INVALID_ARGUMENT unless `received` is a whole number of `least` to `most`
 * @example
 * ```ts
 * import { requireWhole } from '@mapping-networks/core';
 * const half = (count: number): number => {
 *   requireWhole('half', 'count', count, 0, 100);
 *   return count / 2;
 * };
 * console.log(half(8)); // 4
 * ```
 */
export const requireWhole = (
  call: string,
  argument: string,
  received: unknown,
  least: number,
  most: number,
): void => {
  if (Number.isInteger(received) && Number(received) >= least && Number(received) <= most) return;
  const range = { type: 'integer', minimum: least, maximum: most };
  requireArgument(false, call, argument, allowed(range) ?? 'a whole number', received);
};

/** @throws CORE_INVALID_ARGUMENT unless `received` is a list of sides, each a whole number of at least 1 */
export const requireShape = (call: string, argument: string, received: unknown): void => {
  const fits =
    Array.isArray(received) &&
    received.every((side: unknown) => Number.isSafeInteger(side) && Number(side) >= 1);
  requireArgument(fits, call, argument, 'a shape, a list of whole numbers of at least 1', received);
};

/** @throws CORE_INVALID_ARGUMENT unless `received` is a string that is not empty */
export const requireText = (call: string, argument: string, received: unknown): void =>
  requireArgument(
    typeof received === 'string' && received !== '',
    call,
    argument,
    'a string that is not empty',
    received,
  );
