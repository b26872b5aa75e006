// JSON from a run folder, or a config in JSON, which anyone may have written: a regular file of bounded size, well-formed
// UTF-8 and JSON of bounded depth without prototypes. What it should hold is checked by the schema of its reader.
import { check, isPart, parseJson, shown, type OptionIssue } from '@mapping-networks/core';
import { readRegularFile } from '@mapping-networks/core/node';
import { existsSync } from 'node:fs';
import type { z } from 'zod';

/** Names that every object has already: no option, metric or plugin is called so. */
const RESERVED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const fail = (problem: string): never => {
  throw new SyntaxError(problem);
};

/** Neither what every object has already, nor what would pass for a part: a file names plugins, it does not bring them. */
const checkKeys = (value: unknown, key = ''): void => {
  if (RESERVED.has(key)) fail(`it has the key '${key}'`);
  if (isPart(value)) fail(`'${key}' is a part instead of a name and options`);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) checkKeys(inner, name);
};

/** A JSON text of unknown origin. @throws SyntaxError */
export const parseStrict = (text: string, values?: number): unknown => {
  const value = parseJson(text, fail, values);
  checkKeys(value);
  return value;
};

const decode = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return fail('it is not text in UTF-8');
  }
};

/** The first thing that a schema finds wrong, with its place. */
const wordsOf = ({ path, message, received }: OptionIssue): string => {
  const at = path.length === 0 ? 'the file' : `'${path.map(String).join('.')}'`;
  return `${at}: ${message}, got ${received === undefined ? 'nothing' : shown(received)}`;
};

/** The value of a JSON file of at most `limit` bytes. @throws SyntaxError, and what reading throws */
export const readStrict = async (path: string, limit: number): Promise<unknown> =>
  parseStrict(decode(await readRegularFile(path, limit)));

/** What `schema` makes of a JSON text of so many values at most. @throws SyntaxError, RangeError with the first problem in words */
export const parseAs = <T>(schema: z.ZodType<T>, text: string, values?: number): T => {
  const result = check(schema, parseStrict(text, values));
  const [issue] = result.issues ?? [];
  if (issue !== undefined) throw new RangeError(wordsOf(issue));
  return result.value as T;
};

/** The same for a file of at most `limit` bytes; undefined where there is none. @throws what reading throws as well */
export const readAs = async <T>(
  schema: z.ZodType<T>,
  path: string,
  limit: number,
  values?: number,
): Promise<T | undefined> => {
  if (!existsSync(path)) return undefined;
  return parseAs(schema, decode(await readRegularFile(path, limit)), values);
};
