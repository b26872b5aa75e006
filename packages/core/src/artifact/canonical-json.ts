// One text for one JSON value, whatever the order of keys and the white space it came with (RFC 8785).

/**
 * A value of plain JSON as canonical text, after RFC 8785: no white space, keys sorted by UTF-16 code units, numbers and
 * strings as ECMAScript writes them. Keys whose value is undefined are left out.
 *
 * @example
 * ```ts
 * import { canonicalJson } from '@mapping-networks/core';
 * console.log(canonicalJson({ b: 1.0, a: [true, 'x'] })); // {"a":[true,"x"],"b":1}
 * ```
 */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`);
  return `{${entries.join(',')}}`;
};
