// Keys, and the nodes that draw rows under them: one call for all rows that take about as many words.
import type { RandomRows } from '@mapping-networks/core';
import { formWriter, type FormValue, type FormWriter } from '../precision/form-writer.ts';
import type { StoredForm } from '../precision/store-constants.ts';
import { keysOf, stepsOf } from './drawn-rows.ts';

/** Keys and nodes, and what these make: bools `[rows, length]`, the bits or who belongs to the subset. */
export interface Seeds extends StoredForm {
  valueOf(rows: RandomRows): FormValue;
}

/** Pairs of words that may be drawn for nothing, so that one call draws more rows. */
const MOST_WASTE = 2 ** 15;

const isBits = ({ chosen }: RandomRows): boolean => chosen === undefined;

/** Pairs of words that a row takes. */
const pairsOf = (rows: RandomRows): number =>
  Math.ceil((isBits(rows) ? rows.length / 32 : stepsOf(rows)) / 2);

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
    const words = wordsOf(writer, group, `${number}`);
    const bits = group.some(isBits) ? bitsOf(writer, words, `${number}`) : words;
    let first = 0;
    for (const [place, each] of group.entries()) {
      const write = isBits(each) ? bitRows : subsetRows;
      values.set(each, write(writer, each, isBits(each) ? bits : words, first, `${number}.${place}`));
      first += each.rows;
    }
  }
  return { ...writer.parts(), valueOf: (rows) => values.get(rows) as FormValue };
};

const scalar = (writer: FormWriter, suffix: string, value: number): FormValue =>
  writer.stored(suffix, BigInt64Array.of(BigInt(value)), { dtype: 'int64', shape: [] });

/** The words of a group's rows, one below the other. */
const wordsOf = (writer: FormWriter, group: Group, suffix: string): FormValue => {
  const keys = group.flatMap(keysOf);
  const halves = Uint32Array.from(keys.flatMap(({ hi, lo }) => [hi, lo]));
  const pairs = longest(group);
  const given = [
    writer.stored(`${suffix}.keys`, halves, { dtype: 'uint32', shape: [keys.length, 2] }),
    scalar(writer, `${suffix}.pairs`, pairs),
  ];
  const type = { dtype: 'int64', shape: [keys.length, 2 * pairs] } as const;
  return writer.call('words', given, { ...type, suffix: `${suffix}.words` });
};

const bitsOf = (writer: FormWriter, words: FormValue, suffix: string): FormValue => {
  const [rows = 0, count = 0] = words.shape;
  const type = { dtype: 'bool', shape: [rows, 32 * count] } as const;
  return writer.call('bits', [words], { ...type, suffix: `${suffix}.bits` });
};

/** Writes the rows of one member of a group, of the words or bits of all from row `first` on. */
type WriteRows = (
  writer: FormWriter,
  each: RandomRows,
  source: FormValue,
  first: number,
  suffix: string,
) => FormValue;

const bitRows: WriteRows = (writer, { rows, length }, source, first, suffix) =>
  writer.slice(source, [first, 0], [first + rows, length], `${suffix}.rows`);

const subsetRows: WriteRows = (writer, each, source, first, suffix) => {
  const { rows, length, chosen = 0 } = each;
  const steps = stepsOf(each);
  const words = bitRows(writer, { ...each, length: steps }, source, first, suffix);
  const numbers = { n: length, s: steps, c: steps < chosen ? 1 : 0 };
  const given = Object.entries(numbers).map(([name, value]) => scalar(writer, `${suffix}.${name}`, value));
  const result = { dtype: 'bool', shape: [rows, length], suffix: `${suffix}.members` } as const;
  return writer.call('subset', [words, ...given], result);
};
