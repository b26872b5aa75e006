// Constants that no training has touched have little in them: signs, permutations, indices. Each is stored in the smallest
// form that says exactly the same: as seeds, where it turns out to be drawn of them, else as bits or narrow numbers.
import type { LatentEncoding, RandomRows } from '@mapping-networks/core';
import { encodeModel } from '../onnx/encode.ts';
import type { OnnxTensor, PortableModel } from '../onnx/model.ts';
import { storeConstants } from '../precision/store-constants.ts';
import { codedWeight } from './coded-weight.ts';
import { drawnRows, linksOf } from './drawn-rows.ts';
import { bytesOf, NODE_BYTES, smallest } from './forms.ts';
import { seededPlaces } from './seeded-places.ts';
import { seededSigns } from './seeded-signs.ts';
import type { SeededTable } from './seeded-table.ts';
import { seedsOf } from './seeds.ts';
import { withShortNames } from './short-names.ts';
import { withFunctions } from './with-functions.ts';

const KEY_BYTES = 8;

/** Nodes, and constants beside keys, of a table of seeds. */
const NODES_OF_TABLE = 8;

/** What is known of constants by their names, and of what they are made. */
export interface KnownConstants {
  /** Names that stay. */
  readonly kept: ReadonlySet<string>;
  /** Rows that constants may be made of: each is compared. */
  readonly randomRows: readonly RandomRows[];
  /** Grids that constants are said to lie on: compared, too. */
  readonly encoding: Readonly<Record<string, LatentEncoding>>;
}

/**
 * The model with its large constants in the smallest forms that this file knows, under short names except those that stay.
 * Values are the same to the bit.
 */
export const compact = (
  given: PortableModel,
  { kept, randomRows, encoding }: KnownConstants,
): PortableModel => {
  const model = storeConstants(given, (tensor) => {
    const own = encoding[tensor.name];
    return own && codedWeight(tensor, own);
  });
  const tables = seededTables(model, randomRows);
  const forms = [new Map<string, SeededTable>(), ...(tables.size > 0 ? [tables] : [])];
  // Few tables are smaller than the functions that draw them.
  const models = forms.map((each) => withShortNames(inForms(model, each), kept));
  return models.reduce((least, each) =>
    encodeModel(each).length < encodeModel(least).length ? each : least,
  );
};

const seededTables = (
  { initializers }: PortableModel,
  randomRows: readonly RandomRows[],
): ReadonlyMap<string, SeededTable> => {
  const drawn = randomRows.map(drawnRows);
  return new Map(
    initializers.flatMap((tensor): [string, SeededTable][] => {
      const table = seededSigns(tensor, drawn) ?? seededPlaces(tensor, drawn);
      return table && bytesOfKeys(table) < bytesWithout(tensor) ? [[tensor.name, table]] : [];
    }),
  );
};

/** Short rows take fewer bytes than their keys. */
const bytesOfKeys = ({ rows }: SeededTable): number =>
  rows.reduce((sum, each) => sum + KEY_BYTES * each.rows, NODES_OF_TABLE * NODE_BYTES);

const bytesWithout = (tensor: OnnxTensor): number => {
  const form = smallest(tensor);
  return form ? bytesOf(form) : tensor.data.byteLength;
};

/** These tables of seeds, all other constants by themselves. */
const inForms = (model: PortableModel, tables: ReadonlyMap<string, SeededTable>): PortableModel => {
  const rows = [...new Set([...tables.values()].flatMap((table) => table.rows))];
  const seeds = rows.length > 0 ? seedsOf(rows) : undefined;
  const { initializers, nodes, ...rest } = storeConstants(
    model,
    (tensor) => (seeds && tables.get(tensor.name)?.write(seeds.valueOf)) ?? smallest(tensor),
  );
  const whole = {
    ...rest,
    initializers: [...(seeds?.initializers ?? []), ...initializers],
    nodes: [...(seeds?.nodes ?? []), ...nodes],
  };
  return withFunctions(whole, Math.max(0, ...rows.map(linksOf)));
};
