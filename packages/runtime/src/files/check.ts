// Checks for data of unknown origin, put together like the data itself.
import { invalidBundle } from '../errors.ts';

/** Whether a value, undefined where there is none, is as expected. */
export type Check = (value: unknown) => boolean;

export type Fields = Readonly<Record<string, Check>>;

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const text: Check = (value) => typeof value === 'string';

/** A finite number of `least` to `most`. */
export const real =
  (least: number = -Infinity, most: number = Infinity): Check =>
  (value) =>
    typeof value === 'number' && value >= least && value <= most;

export const whole =
  (least: number, most: number = Number.MAX_SAFE_INTEGER): Check =>
  (value) =>
    Number.isSafeInteger(value) && real(least, most)(value);

export const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);

export const list =
  (entry: Check, least = 0, most: number = Infinity): Check =>
  (value) =>
    Array.isArray(value) &&
    value.length >= least &&
    value.length <= most &&
    value.every((each) => entry(each));

export const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

/** An object with these fields and no others. */
export const record =
  (fields: Fields): Check =>
  (value) =>
    isRecord(value) &&
    Object.keys({ ...fields, ...value }).every(
      (key) => Object.hasOwn(fields, key) && fields[key]?.(value[key]),
    );

/** An object whose `type` is one of these, with the fields of that type. */
export const choice =
  (types: Readonly<Record<string, Fields>>): Check =>
  (value) => {
    const type = isRecord(value) && value['type'];
    return (
      text(type) &&
      Object.hasOwn(types, type as string) &&
      record({ type: text, ...types[type as string] })(value)
    );
  };

/** @throws RUNTIME_INVALID_BUNDLE naming `where`, unless it is right */
export const requireValid = (right: boolean, where: string): void => {
  if (!right) throw invalidBundle(where);
};
