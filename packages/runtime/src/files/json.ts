// JSON from files of unknown origin. Refused besides what is not JSON: keys that stand twice in an object, `__proto__`,
// numbers beyond float64, −0, more than 64 levels, more than 500,000 values.

const MOST_LEVELS = 64;
const MOST_VALUES = 500_000;

/** The value of a text, or of its UTF-8; undefined if refused, which is no value of JSON. */
export const parseJson = (source: string | Uint8Array): unknown => {
  let values = 0;
  let keys = -1;
  let level = 0;
  let right = true;
  try {
    const text =
      typeof source === 'string' ? source : new TextDecoder('utf-8', { fatal: true }).decode(source);
    const json: unknown = JSON.parse(text, function (this: unknown, key: string, value: unknown): unknown {
      values++;
      if (!Array.isArray(this)) keys++;
      right &&= key !== '__proto__' && !Object.is(value, -0) && value !== Infinity && value !== -Infinity;
      return value;
    });
    // The reviver was called once for a key that stands twice, and once for the value itself.
    for (const [token, string, colon] of text.matchAll(/("(?:[^"\\]+|\\.)*")(\s*:)?|[{}[\]]/g)) {
      if (!string) right &&= (level += '}]'.includes(token) ? -1 : 1) <= MOST_LEVELS;
      else if (colon) {
        keys--;
        values++;
      }
    }
    return right && !keys && values <= MOST_VALUES ? json : undefined;
  } catch {
    return undefined;
  }
};
