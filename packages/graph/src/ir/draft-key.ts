// What a draft says besides its operands and numbers, as a string: equal for equal drafts, whatever the order in which
// they were written.

/** The string of a draft. Operands and data are left out: they have identities of their own. */
export const keyOf = (draft: Readonly<Record<string, unknown>>): string =>
  Object.keys(draft)
    .filter((name) => name !== 'operands' && name !== 'data')
    .toSorted()
    .map((name) => `${name}=${valueKey(draft[name])}`)
    .join(';');

const valueKey = (value: unknown): string => {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (Array.isArray(value)) return `[${value.map(valueKey).join()}]`;
  if (typeof value === 'object' && value !== null) return `{${keyOf({ ...value })}}`;
  return JSON.stringify(value);
};
