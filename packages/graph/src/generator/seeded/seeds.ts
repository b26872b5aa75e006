// Keys, and the nodes that draw rows under them: one call for all rows that take about as many words.
import type { RandomRows } from '@mapping-networks/core';
import { formWriter, type FormValue, type FormWriter } from '../../precision/form-writer.ts';
import type { StoredForm } from '../../precision/store-constants.ts';
import { keysOf, stepsOf } from './drawn-rows.ts';

/** Keys and nodes, and what these make: bools `[rows, length]`, the bits or who belongs to the subset. */
export interface Seeds extends StoredForm {
  valueOf(rows: RandomRows): FormValue;
}

/** A table that turned out to be random rows, number by number, as nodes on these rows. */
export interface SeededTable {
  readonly rows: readonly RandomRows[];
  write(valueOf: (rows: RandomRows) => FormValue): StoredForm;
}

/** Pairs of words that may be drawn for nothing, so that one call draws more rows. */
const MOST_WASTE = 2 ** 13;

const isBits = ({ chosen }: RandomRows): boolean => chosen === undefined;

/** Pairs of words that a row takes. */
const pairsOf = (rows: RandomRows): number =>
  Math.ceil((isBits(rows) ? rows.length / 32 : stepsOf(rows)) / 2);

/** What Threefry computes for a pair of words: 145 numbers of int64. */
const BYTES_OF_PAIR = 1160;

/** What functions/drawing.ts and functions/tables.ts compute for each number of a row. */
const BYTES_OF_BIT = 30;
const BYTES_OF_MEMBER = 150;

/**
 * About how many bytes all that is computed on the way to these rows takes. Runtimes that fold constants, as ONNX Runtime does,
 * throw none of it away before they are done.
 */
export const bytesToDraw = (all: RandomRows): number =>
  all.rows * (BYTES_OF_PAIR * pairsOf(all) + (isBits(all) ? BYTES_OF_BIT : BYTES_OF_MEMBER) * all.length);

type Group = readonly RandomRows[];

const longest = (group: Group): number => Math.max(...group.map(pairsOf));

const wasteOf = (group: Group): number =>
  group.reduce((sum, each) => sum + each.rows * (longest(group) - pairsOf(each)), 0);

const grouped = (all: readonly RandomRows[]): readonly Group[] => {
  const groups: Group[] = [];
  for (const each of all.toSorted((a, b) => pairsOf(b) - pairsOf(a))) {
    const at = groups.findIndex((group) => wasteOf([...group, each]) <= MOST_WASTE);
    if (at < 0) groups.push([each]);
    else groups[at] = [...(groups[at] ?? []), each];
  }
  return groups;
};

/** Draws all these rows. */
export const seedsOf = (all: readonly RandomRows[]): Seeds => {
  const writer = formWriter('seeds');
  const values = new Map<RandomRows, FormValue>();
  for (const [number, group] of grouped(all).entries()) {
    const [bits, subsets] = [group.filter(isBits), group.filter((each) => !isBits(each))];
    const members = [...bits, ...subsets];
    const words = wordsOf(writer, members, `${number}`);
    const set = bits.length > 0 ? bitsOf(writer, words, bits, `${number}`) : words;
    let first = 0;
    for (const [place, each] of members.entries()) {
      const suffix = `${number}.${place}`;
      const [source, length] = isBits(each) ? [set, each.length] : [words, stepsOf(each)];
      const end = first + each.rows;
      const rows = writer.slice(source, [first, 0], [end, length], `${suffix}.rows`);
      values.set(each, isBits(each) ? rows : subsetRows(writer, rows, each, suffix));
      first = end;
    }
  }
  return { ...writer.parts(), valueOf: (rows) => values.get(rows) as FormValue };
};

/** The words of a group's rows, one below the other. */
const wordsOf = (writer: FormWriter, group: Group, suffix: string): FormValue => {
  const keys = group.flatMap(keysOf);
  const halves = Uint32Array.from(keys.flatMap(({ hi, lo }) => [hi, lo]));
  const pairs = longest(group);
  const given = [
    writer.stored(`${suffix}.keys`, halves, { dtype: 'uint32', shape: [keys.length, 2] }),
    writer.integer(`${suffix}.pairs`, pairs),
  ];
  const type = { dtype: 'int64', shape: [keys.length, 2 * pairs] } as const;
  return writer.call('words', given, { ...type, suffix: `${suffix}.words` });
};

/** The bits of its first rows. */
const bitsOf = (writer: FormWriter, words: FormValue, group: Group, suffix: string): FormValue => {
  const rows = group.reduce((sum, each) => sum + each.rows, 0);
  const few = writer.slice(words, [0, 0], [rows, 2 * longest(group)], `${suffix}.few`);
  const type = { dtype: 'bool', shape: [rows, 64 * longest(group)] } as const;
  return writer.call('bits', [few], { ...type, suffix: `${suffix}.bits` });
};

/** The subsets that these words draw. */
const subsetRows = (writer: FormWriter, words: FormValue, of: RandomRows, suffix: string): FormValue => {
  const { rows, length, chosen = 0 } = of;
  const steps = stepsOf(of);
  const numbers = { n: length, s: steps, c: steps < chosen ? 1 : 0 };
  const given = Object.entries(numbers).map(([name, value]) => writer.integer(`${suffix}.${name}`, value));
  const result = { dtype: 'bool', shape: [rows, length], suffix: `${suffix}.members` } as const;
  return writer.call('subset', [words, ...given], result);
};
