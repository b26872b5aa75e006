// The arguments of this package's functions, looked at where they come in.
import { requireArgument, requireWhole } from '@mapping-networks/core';

/** More classes or bins than a page can show. */
const MOST = 100_000;

/** @throws CORE_INVALID_ARGUMENT unless `values` is a typed array or a list of numbers */
export const requireNumbers = (call: string, argument: string, values: ArrayLike<number>): void =>
  requireArgument(
    ArrayBuffer.isView(values) ||
      (Array.isArray(values) && values.every((value: unknown) => typeof value === 'number')),
    call,
    argument,
    'a typed array or a list of numbers',
    values,
  );

/** @throws CORE_INVALID_ARGUMENT unless `count` is a whole number of 1 to 100,000 */
export const requireParts = (call: string, argument: string, count: number): void =>
  requireWhole(call, argument, count, 1, MOST);

/** @throws CORE_INVALID_ARGUMENT unless `data` is an object with these lists */
export const requireData = (call: string, data: object, lists: readonly string[]): void => {
  const fits =
    typeof data === 'object' &&
    data !== null &&
    lists.every((name) => Array.isArray(Reflect.get(data, name)));
  requireArgument(
    fits,
    call,
    'data',
    `an object with ${lists.length === 1 ? 'the list' : 'the lists'} ${lists.join(', ')}`,
    data,
  );
};
