// Named tensors and arrays are records; these are the three things that are done with them everywhere.
import { missingEntry } from './errors.ts';

type Named<T> = Readonly<Record<string, T>>;

/** The entry of that name. @throws TRAIN_MISSING_ENTRY */
export const entry = <T>(entries: Named<T>, name: string): T => {
  const value = Object.hasOwn(entries, name) ? entries[name] : undefined;
  if (value === undefined) throw missingEntry(name, Object.keys(entries));
  return value;
};

/** The same names with other values. */
export const mapNamed = <A, B>(entries: Named<A>, f: (value: A, name: string) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, f(value, name)]));

/** The entries whose names start with `prefix`, names unchanged. */
export const startingWith = <T>(prefix: string, entries: Named<T>): Record<string, T> =>
  Object.fromEntries(Object.entries(entries).filter(([name]) => name.startsWith(prefix)));
