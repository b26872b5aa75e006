// JSON from files of unknown origin. What JSON.parse lets pass in silence is refused: a key that stands twice (the last
// one would win), `__proto__`, numbers beyond float64, and nesting that overflows the stack of whoever walks it.
import { clipped, quoted } from '../shown.ts';
import { MOST_JSON_DEPTH, MOST_JSON_VALUES } from './bounds.ts';

/**
 * The value of a JSON text, from a file that anyone may have written. `fail` gets the problem in words and throws the
 * caller's error.
 *
 * Refused besides what is not JSON: duplicate keys, the key `__proto__`, numbers beyond float64, more than 64 levels,
 * more than `values` values, 500,000 by default. No recursion: any text gets an answer in linear time.
 *
 * @throws what `fail` throws
 * @example
 * ```ts
 * import { parseJson } from '@mapping-networks/core';
 * const fail = (problem: string): never => {
 *   throw new Error(problem);
 * };
 * console.log(parseJson('{"epochs":3}', fail)); // { epochs: 3 }
 * try {
 *   parseJson('{"epochs":3,"epochs":4}', fail);
 * } catch (error) {
 *   console.log(String(error)); // Error: it is JSON with the key 'epochs' twice in one object
 * }
 * ```
 */
export const parseJson = (
  text: string,
  fail: (problem: string) => never,
  values: number = MOST_JSON_VALUES,
): unknown => {
  const problem = problemOf(text, values);
  if (problem !== undefined) return fail(problem);
  try {
    return JSON.parse(text);
  } catch (cause) {
    return fail(`it is not JSON: ${clipped(cause instanceof Error ? cause.message : String(cause), 120)}`);
  }
};

/** What is wrong with a text besides its grammar, which JSON.parse judges afterwards. */
const problemOf = (text: string, most: number): string | undefined => {
  /** What is open at this place: the keys of an object so far, or nothing for a list. */
  const open: (Set<string> | undefined)[] = [];
  let values = 0;
  for (let at = 0; at < text.length;) {
    const start = at;
    const character = text[at] as string;
    at += 1;
    if (' \t\n\r,:'.includes(character)) continue;
    if (character === '}' || character === ']') {
      open.pop();
      continue;
    }
    values += 1;
    if (values > most) return `it is JSON of more than ${most} values`;
    if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : undefined);
      if (open.length > MOST_JSON_DEPTH) return `it is JSON of more than ${MOST_JSON_DEPTH} levels`;
    } else if (character === '"') {
      at = stringEnd(text, start);
      if (isKey(text, at)) {
        const wrong = keyProblem(text.slice(start, at), open.at(-1));
        if (wrong !== undefined) return wrong;
      }
    } else {
      at = tokenEnd(text, at);
      const token = text.slice(start, at);
      if (Math.abs(Number(token)) === Infinity)
        return `it is JSON with the number ${clipped(token, 40)}, beyond float64`;
    }
  }
  return undefined;
};

/** The place after a string that begins at `start`; the end of the text where it is not closed. */
const stringEnd = (text: string, start: number): number => {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
};

/** The place after a number or a word. */
const tokenEnd = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && !' \t\n\r,:{}[]"'.includes(text[at] as string)) at += 1;
  return at;
};

const isKey = (text: string, after: number): boolean => {
  let at = after;
  while (at < text.length && ' \t\n\r'.includes(text[at] as string)) at += 1;
  return text[at] === ':';
};

const keyProblem = (token: string, keys: Set<string> | undefined): string | undefined => {
  let key: string;
  try {
    key = String(JSON.parse(token));
  } catch {
    return 'it is not JSON: a key is malformed';
  }
  if (key === '__proto__') return "it is JSON with the key '__proto__'";
  if (keys?.has(key)) return `it is JSON with the key ${quoted(key)} twice in one object`;
  keys?.add(key);
  return undefined;
};
