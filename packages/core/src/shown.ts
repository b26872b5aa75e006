// Values in error messages: short, on one line, and without characters that could steer a terminal. What comes from a
// file may be megabytes long, a hundred thousand levels deep, or written to look like something else.

/** Longest text of one value. */
const MOST = 80;

/** Control characters, line and paragraph separators, marks that turn the direction of writing, halves of pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A text with everything that is not a character to look at written as `\u{…}`.
 *
 * @example
 * ```ts
 * import { printable } from '@mapping-networks/core';
 * console.log(printable('red\u001b[31m')); // red\u{1b}[31m
 * ```
 */
export const printable = (text: string): string =>
  text.replace(UNPRINTABLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

/**
 * A printable text of at most `most` characters (80 unless said otherwise), cut at its end.
 *
 * @example
 * ```ts
 * import { clipped } from '@mapping-networks/core';
 * console.log(clipped('one line of many words', 10)); // one lin...
 * ```
 */
export const clipped = (text: string, most: number = MOST): string => {
  const clean = printable(text.slice(0, most + 1));
  return clean.length > most ? `${clean.slice(0, most - 3)}...` : clean;
};

/**
 * A name in quotation marks, printable and clipped: for names that come from files.
 *
 * @example
 * ```ts
 * import { quoted } from '@mapping-networks/core';
 * console.log(quoted('fc1\nfc2')); // 'fc1\u{a}fc2'
 * ```
 */
export const quoted = (name: string): string => `'${clipped(name)}'`;

/** The first eight names, clipped, and how many more there are. */
export const listed = (names: readonly string[]): string => {
  const more = names.length > 8 ? ` and ${names.length - 8} more` : '';
  return (
    names
      .slice(0, 8)
      .map((name) => clipped(name, 40))
      .join(', ') + more
  );
};

/** The sides of a shape, the first eight if there are more. */
export const shownShape = (shape: readonly (number | string)[]): string => `[${listed(shape.map(String))}]`;

/**
 * A value as an error shows it: short, on one line. Never fails, whatever the value.
 *
 * @example
 * ```ts
 * import { shown } from '@mapping-networks/core';
 * console.log(`got ${shown('fast')}`); // got "fast"
 * ```
 */
export const shown = (value: unknown): string => {
  try {
    return clipped(described(value));
  } catch {
    return `a value of type ${typeof value} that cannot be read`;
  }
};

const described = (value: unknown): string => {
  if (typeof value === 'object' && value !== null && 'kind' in value && 'name' in value) {
    const { kind, name } = value;
    if (typeof kind === 'string' && typeof name === 'string') return `the ${kind} ${quoted(name)}`;
  }
  if (typeof value === 'function')
    return 'kind' in value ? `the plugin '${value.name}', not called` : 'a function';
  return begin('', value);
};

/** `text` and the JSON of a value after it, no further than an error shows: nothing large is walked. */
const begin = (text: string, value: unknown): string => {
  if (text.length > MOST) return text;
  if (typeof value === 'string') return text + JSON.stringify(value.slice(0, MOST + 1));
  if (typeof value !== 'object' || value === null)
    return text + (typeof value === 'function' ? 'a function' : primitive(value));
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer)
    return `${text}${value.constructor.name} of ${value.byteLength} bytes`;
  if (value instanceof Date) return text + JSON.stringify(value);
  return Array.isArray(value) ? beginList(text, value) : beginObject(text, value);
};

/** With what tells them from a number of the same digits: the sign of -0, the n of a bigint. */
const primitive = (value: unknown): string => {
  if (typeof value === 'bigint') return `${value}n`;
  return Object.is(value, -0) ? '-0' : String(value);
};

const beginList = (text: string, list: readonly unknown[]): string => {
  let out = `${text}[`;
  for (let i = 0; i < list.length && out.length <= MOST; i++) out = begin(i === 0 ? out : `${out},`, list[i]);
  return `${out}]`;
};

const beginObject = (text: string, value: object): string => {
  let out = `${text}{`;
  let first = true;
  for (const key in value) {
    if (out.length > MOST) break;
    if (!Object.hasOwn(value, key)) continue;
    const entry: unknown = Reflect.get(value, key);
    if (entry === undefined || typeof entry === 'function') continue;
    out = begin(`${out}${first ? '' : ','}${JSON.stringify(key.slice(0, MOST + 1))}:`, entry);
    first = false;
  }
  return `${out}}`;
};
