// Damage to JSON that knows what JSON is: values of other types and sizes, keys twice or of prototypes, nesting that
// overflows stacks, and other spellings of the same value, which a reader may take.
import type { Random } from '../random.ts';
import type { Mutated } from './bytes.ts';
import { setValue, slotsOf, textOf, treeOf, valueAt, type JsonTree, type Slot } from './json-tree.ts';
import { HOSTILE_LITERALS } from './numbers.ts';

const HOSTILE_KEYS = [
  '__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'use', 'kind', 'then', 'length',
  '', ' ', '0', '\u0000', '\u001b[31m', '\u202e', '\ud800', '../../etc/passwd', '/etc/passwd', 'a/b', 'C:\\x', 'é', 'e\u0301',
]; // prettier-ignore

const HOSTILE_VALUES: readonly ((random: Random) => string)[] = [
  (random) => random.pick(HOSTILE_LITERALS),
  (random) => JSON.stringify(random.pick(HOSTILE_KEYS)),
  () => '{}',
  () => '[]',
  () => 'null',
  () => 'true',
  () => '{"toString":1,"valueOf":2}',
  () => '{"kind":{"a":1},"name":{"toString":null},"options":{},"impl":{}}',
  () => '{"kind":"projection","name":"hadamard","options":{},"impl":{}}',
  () => '{"__proto__":{"polluted":true}}',
  () => '{"constructor":{"prototype":{"polluted":true}}}',
  (random) => JSON.stringify('x'.repeat(10 ** random.below(6))),
  (random) => JSON.stringify('\u0007\u001b]0;title\u0007\u009b31m'.repeat(1 + random.below(50))),
  (random) => `[${Array.from({ length: 10 ** random.below(5) }, () => '1').join(',')}]`,
  (random) => nested('[', ']', depth(random)),
  (random) => nested('{"a":', '}', depth(random)),
];

const depth = (random: Random): number => random.pick([3, 60, 64, 65, 100, 1_000, 10_000, 100_000]);

const nested = (open: string, close: string, levels: number): string =>
  `${open.repeat(levels)}${open === '[' ? '' : '1'}${close.repeat(levels)}`;

type TreeMutation = (tree: JsonTree, slot: Slot, random: Random) => void;

const inPairs =
  (change: (pairs: [string, JsonTree][], index: number, random: Random) => void): TreeMutation =>
  (_, { holder, index }, random) => {
    if ('pairs' in holder) change(holder.pairs, index, random);
  };

const hostileValue = (random: Random): JsonTree => ({ text: random.pick(HOSTILE_VALUES)(random) });

const TREE_MUTATIONS: Readonly<Record<string, TreeMutation>> = {
  'another value': (_, slot, random) => setValue(slot, hostileValue(random)),
  'another literal': (_, slot, random) => setValue(slot, { text: random.pick(HOSTILE_LITERALS) }),
  'a value from elsewhere': (tree, slot, random) =>
    setValue(slot, { text: textOf(valueAt(random.pick(slotsOf(tree)))) }),
  'a value wrapped': (_, slot, random) =>
    setValue(slot, random.chance(0.5) ? { list: [valueAt(slot)] } : { pairs: [['"a"', valueAt(slot)]] }),
  'a number nudged': (_, slot, random) => {
    const number = Number(textOf(valueAt(slot)));
    if (Number.isFinite(number)) setValue(slot, { text: String(number + random.pick([1, -1, 0.5, 1e-9])) });
  },
  'a text nudged': (_, slot, random) => {
    const value = valueAt(slot);
    if ('text' in value && value.text.startsWith('"'))
      setValue(slot, { text: JSON.stringify(`${random.pick(['x', '', ' '])}${value.text.slice(1, -2)}`) });
  },
  'a key twice': inPairs((pairs, index, random) => {
    const [key, value] = pairs[index] as [string, JsonTree];
    pairs.splice(random.below(pairs.length + 1), 0, [key, random.chance(0.5) ? value : hostileValue(random)]);
  }),
  'a key twice, spelt in two ways': inPairs((pairs, index) => {
    const [key, value] = pairs[index] as [string, JsonTree];
    if (key.length > 2)
      pairs.push([`"\\u${key.charCodeAt(1).toString(16).padStart(4, '0')}${key.slice(2)}`, value]);
  }),
  'a key renamed': inPairs((pairs, index, random) => {
    pairs[index] = [JSON.stringify(random.pick(HOSTILE_KEYS)), (pairs[index] as [string, JsonTree])[1]];
  }),
  'a key added': inPairs((pairs, _, random) => {
    pairs.splice(random.below(pairs.length + 1), 0, [
      JSON.stringify(random.pick(HOSTILE_KEYS)),
      hostileValue(random),
    ]);
  }),
  'a key removed': inPairs((pairs, index) => void pairs.splice(index, 1)),
  'many keys': inPairs((pairs, _, random) => {
    const count = 10 ** random.below(5);
    for (let i = 0; i < count; i++) pairs.push([`"k${i}"`, { text: '1' }]);
  }),
  'keys in another order': inPairs((pairs) => void pairs.reverse()),
};

const TEXT_MUTATIONS: Readonly<Record<string, (text: string, random: Random) => string>> = {
  'white space': (text, random) => `${random.pick([' ', '\n', '\t\r\n'])}${text} `,
  indented: (text) => JSON.stringify(JSON.parse(text), null, 2),
  'a byte order mark': (text) => `\ufeff${text}`,
  'a trailing comma': (text) => text.replace(/\}\s*$/, ',}'),
  'a comment': (text) => `/* */${text}`,
  'single quotes': (text) => text.replaceAll('"', "'"),
  'two values': (text) => `${text}${text}`,
  'cut off': (text, random) => text.slice(0, random.below(text.length)),
  wrapped: (text, random) => `${'['.repeat(depth(random))}${text}`,
  'only nesting': (_, random) => nested('[', ']', depth(random)),
  'only a value': (_, random) => random.pick(HOSTILE_VALUES)(random),
};

export interface MutatedJson extends Mutated<string> {
  /** An object in it has a key twice: to be refused whatever the rest. */
  readonly twice: boolean;
}

const hasKeyTwice = (tree: JsonTree): boolean => {
  if ('text' in tree) return false;
  if ('list' in tree) return tree.list.some(hasKeyTwice);
  const keys = tree.pairs.map(([key]) => JSON.parse(key) as string);
  return new Set(keys).size < keys.length || tree.pairs.some(([, value]) => hasKeyTwice(value));
};

/** The text of a value, damaged in one to three places of its structure, or as a text. */
export const mutatedJson = (value: unknown, random: Random): MutatedJson => {
  const text = JSON.stringify(value);
  if (random.chance(0.15)) {
    const what = random.pick(Object.keys(TEXT_MUTATIONS));
    return { what, value: TEXT_MUTATIONS[what]?.(text, random) ?? text, twice: false };
  }
  const tree = treeOf(value);
  const names = Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, () =>
    random.pick(Object.keys(TREE_MUTATIONS)),
  );
  for (const name of names) {
    const slots = slotsOf(tree);
    if (slots.length > 0) TREE_MUTATIONS[name]?.(tree, random.pick(slots), random);
  }
  return { what: names.join(', '), value: textOf(tree), twice: hasKeyTwice(tree) };
};
