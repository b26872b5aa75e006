// JSON as a tree of texts, so that it can be written in ways that no serializer writes: keys twice, numbers beyond
// numbers, a hundred thousand levels.

/** A value by its text, a list, or an object as pairs: the text of a key and its value. */
export type JsonTree =
  | { readonly text: string }
  | { readonly list: JsonTree[] }
  | { readonly pairs: [key: string, value: JsonTree][] };

export const treeOf = (value: unknown): JsonTree => {
  if (Array.isArray(value)) return { list: value.map(treeOf) };
  if (typeof value !== 'object' || value === null) return { text: JSON.stringify(value) };
  return { pairs: Object.entries(value).map(([key, entry]) => [JSON.stringify(key), treeOf(entry)]) };
};

export const textOf = (tree: JsonTree): string => {
  if ('text' in tree) return tree.text;
  if ('list' in tree) return `[${tree.list.map(textOf).join(',')}]`;
  return `{${tree.pairs.map(([key, value]) => `${key}:${textOf(value)}`).join(',')}}`;
};

/** A place where a value stands: the list or object that holds it, and its index there. */
export type Slot =
  | { readonly holder: { list: JsonTree[] }; readonly index: number }
  | { readonly holder: { pairs: [string, JsonTree][] }; readonly index: number };

export const slotsOf = (tree: JsonTree): readonly Slot[] => {
  if ('text' in tree) return [];
  if ('list' in tree)
    return tree.list.flatMap((value, index): Slot[] => [{ holder: tree, index }, ...slotsOf(value)]);
  return tree.pairs.flatMap(([, value], index): Slot[] => [{ holder: tree, index }, ...slotsOf(value)]);
};

export const valueAt = ({ holder, index }: Slot): JsonTree =>
  'list' in holder ? (holder.list[index] as JsonTree) : (holder.pairs[index] as [string, JsonTree])[1];

export const setValue = ({ holder, index }: Slot, value: JsonTree): void => {
  if ('list' in holder) holder.list[index] = value;
  else holder.pairs[index] = [(holder.pairs[index] as [string, JsonTree])[0], value];
};
