// Which constants are stored as seeds: those that are drawn, number by number, as a hint says, where that makes the file
// smaller, and where drawing them does not take too much when it is loaded.
import type { RandomRows } from '@mapping-networks/core';
import type { OnnxTensor } from '../../onnx/model.ts';
import { bytesOf, NODE_BYTES, smallestForm } from '../stored/smallest-form.ts';
import { drawnRows } from './drawn-rows.ts';
import { seededPlaces } from './seeded-places.ts';
import { seededSigns } from './seeded-signs.ts';
import { bytesToDraw, type SeededTable } from './seeds.ts';

/** Bytes of memory that drawing all tables of a model takes, at most; see `bytesToDraw`. */
const MOST_BYTES_TO_DRAW = 300e6;

const KEY_BYTES = 8;

/** Nodes, and constants beside keys, of a table of seeds. */
const NODES_OF_TABLE = 8;

/** Tables by the names of constants that they stand for: of all that fit into memory those that save most for what they take. */
export const seededTables = (
  initializers: readonly OnnxTensor[],
  randomRows: readonly RandomRows[],
): ReadonlyMap<string, SeededTable> => {
  const drawn = randomRows.filter((rows) => bytesToDraw(rows) <= MOST_BYTES_TO_DRAW).map(drawnRows);
  const found = initializers.flatMap((tensor) => {
    const table = seededSigns(tensor, drawn) ?? seededPlaces(tensor, drawn);
    if (table === undefined) return [];
    const memory = table.rows.reduce((sum, rows) => sum + bytesToDraw(rows), 0);
    return { name: tensor.name, table, memory, saved: bytesWithout(tensor) - bytesOfKeys(table) };
  });
  let left = MOST_BYTES_TO_DRAW;
  const chosen = new Map<string, SeededTable>();
  for (const { name, table, memory, saved } of found.toSorted(
    (a, b) => b.saved / b.memory - a.saved / a.memory,
  )) {
    if (saved <= 0 || memory > left) continue;
    left -= memory;
    chosen.set(name, table);
  }
  return chosen;
};

/** Short rows take fewer bytes than their keys. */
const bytesOfKeys = ({ rows }: SeededTable): number =>
  rows.reduce((sum, each) => sum + KEY_BYTES * each.rows, NODES_OF_TABLE * NODE_BYTES);

const bytesWithout = (tensor: OnnxTensor): number => {
  const form = smallestForm(tensor);
  return form ? bytesOf(form) : tensor.data.byteLength;
};
