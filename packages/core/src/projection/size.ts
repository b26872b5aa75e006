// Every projection maps few numbers to more, at least one.
import { invalidProjectionSize } from '../errors.ts';

/** @throws CORE_INVALID_PROJECTION_SIZE unless 1 ≤ columns ≤ rows, both whole */
export const checkSize = (name: string, rows: number, columns: number): void => {
  const whole = Number.isSafeInteger(rows) && Number.isSafeInteger(columns);
  if (!whole || columns < 1 || columns > rows) throw invalidProjectionSize(name, rows, columns);
};
