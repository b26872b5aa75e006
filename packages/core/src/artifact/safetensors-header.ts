// The JSON header of a safetensors file, entry by entry: nothing in it is trusted, and nothing is looked up by its names.
import { quoted, shown } from '../shown.ts';
import { MOST_SIDES } from './bounds.ts';
import { isTag, TAGS, type Tag } from './stored-array.ts';
import { parseJson } from './strict-json.ts';

/** Throws the reader's error. */
export type Fail = (problem: string) => never;

/** The key under which a header holds texts. */
export const METADATA = '__metadata__';

export interface HeaderEntry {
  readonly name: string;
  readonly dtype: Tag;
  readonly shape: readonly number[];
  readonly from: number;
  readonly to: number;
}

interface Header {
  readonly entries: readonly HeaderEntry[];
  readonly metadata: Readonly<Record<string, string>>;
}

const BRACE = 0x7b;

export const safetensorsHeader = (bytes: Uint8Array, fail: Fail): Header => {
  // The format asks for it, and it keeps out a byte order mark, which a decoder would take away unseen.
  if (bytes[0] !== BRACE) fail("its header does not begin with '{'");
  const header = parseJson(textOf(bytes, fail), (problem) => fail(`its header: ${problem}`));
  const all: readonly [string, unknown][] = Object.entries(header as object);
  return {
    entries: all.filter(([name]) => name !== METADATA).map(([name, entry]) => headerEntry(name, entry, fail)),
    metadata: metadataOf(all.find(([name]) => name === METADATA)?.[1] ?? {}, fail),
  };
};

const textOf = (bytes: Uint8Array, fail: Fail): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return fail('its header is not UTF-8');
  }
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const metadataOf = (value: unknown, fail: Fail): Readonly<Record<string, string>> => {
  if (!isRecord(value)) return fail(`${METADATA} is not an object`);
  const texts = Object.entries(value).map(([key, text]): [string, string] =>
    typeof text === 'string'
      ? [key, text]
      : fail(`${METADATA} has ${shown(text)} under ${quoted(key)}, expected a text`),
  );
  return Object.fromEntries(texts);
};

/** A count or a place in the file: −0 is none, though JSON can write it. */
const isSize = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0);

const FIELDS = new Set(['dtype', 'shape', 'data_offsets']);

const headerEntry = (name: string, entry: unknown, fail: Fail): HeaderEntry => {
  const title = `tensor ${quoted(name)}`;
  if (!isRecord(entry)) return fail(`${title} is ${shown(entry)}, expected an object`);
  const stray = Object.keys(entry).find((key) => !FIELDS.has(key));
  if (stray !== undefined) return fail(`${title} has a field ${quoted(stray)}`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (!isTag(dtype))
    return fail(`${title} has dtype ${shown(dtype)}, expected ${Object.values(TAGS).join(', ')}`);
  if (!Array.isArray(shape) || shape.length > MOST_SIDES || !shape.every(isSize))
    return fail(`${title} has no valid shape, got ${shown(shape)}`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize))
    return fail(`${title} has no valid data_offsets, got ${shown(offsets)}`);
  const [from = 0, to = 0] = offsets;
  return { name, dtype, shape, from, to };
};
