// One text for one JSON value, whatever the order of keys and the white space it came with (RFC 8785).

/**
 * A value of plain JSON as canonical text, after RFC 8785: no white space, keys sorted by UTF-16 code units, numbers and
 * strings as ECMAScript writes them. Keys whose value is undefined are left out.
 *
 * @example
 * ```ts
 * import { canonicalJson } from '@mapping-networks/runtime/canonical';
 * console.log(canonicalJson({ b: 1.0, a: [true, 'x'] })); // {"a":[true,"x"],"b":1}
 * ```
 */
export const canonicalJson = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  // A list in a template is written with commas, nothing else between.
  if (Array.isArray(value)) return `[${String(value.map((each) => canonicalJson(each)))}]`;
  const entries = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(entries)
    .filter((key) => entries[key] !== undefined)
    .sort();
  return `{${String(keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(entries[key])}`))}}`;
};
