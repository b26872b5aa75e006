// Values in error messages.

/**
 * A value as an error shows it: short, on one line.
 *
 * @example
 * ```ts
 * import { shown } from '@mapping-networks/core';
 * console.log(`got ${shown('fast')}`); // got "fast"
 * ```
 */
export const shown = (value: unknown): string => {
  if (typeof value === 'object' && value !== null && 'kind' in value && 'name' in value) {
    return `the ${String(value.kind)} '${String(value.name)}'`;
  }
  if (typeof value === 'number' || typeof value === 'bigint' || value === undefined) return String(value);
  if (typeof value === 'function')
    return 'kind' in value ? `the plugin '${value.name}', not called` : 'a function';
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
};
