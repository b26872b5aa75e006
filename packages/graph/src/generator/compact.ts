// Constants that no training has touched have little in them: signs, permutations, indices. Each is stored in the smallest
// form that says exactly the same: as seeds, where it turns out to be drawn of them (`seeded/`, with functions of the model,
// `functions/`, that draw), else as bits or narrow numbers (`stored/`).
import type { LatentEncoding, RandomRows } from '@mapping-networks/core';
import { encodeModel } from '../onnx/encode.ts';
import type { PortableModel } from '../onnx/model.ts';
import { storeConstants } from '../precision/store-constants.ts';
import { withFunctions } from './functions/with-functions.ts';
import { linksOf } from './seeded/drawn-rows.ts';
import { seededTables } from './seeded/seeded-tables.ts';
import { seedsOf, type SeededTable } from './seeded/seeds.ts';
import { withShortNames } from './short-names.ts';
import { codedWeight } from './stored/coded-weight.ts';
import { smallestForm } from './stored/smallest-form.ts';
import { withoutTwins } from './without-twins.ts';

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
  const tables = seededTables(model.initializers, randomRows);
  const forms = [new Map<string, SeededTable>(), ...(tables.size > 0 ? [tables] : [])];
  // Few tables are smaller than the functions that draw them.
  const models = forms.map((each) => withShortNames(withoutTwins(inForms(model, each), kept), kept));
  return models.reduce((least, each) =>
    encodeModel(each).length < encodeModel(least).length ? each : least,
  );
};

/** These tables of seeds, all other constants by themselves. */
const inForms = (model: PortableModel, tables: ReadonlyMap<string, SeededTable>): PortableModel => {
  const rows = [...new Set([...tables.values()].flatMap((table) => table.rows))];
  const seeds = rows.length > 0 ? seedsOf(rows) : undefined;
  const { initializers, nodes, ...rest } = storeConstants(
    model,
    (tensor) => (seeds && tables.get(tensor.name)?.write(seeds.valueOf)) ?? smallestForm(tensor),
  );
  const whole = {
    ...rest,
    initializers: [...(seeds?.initializers ?? []), ...initializers],
    nodes: [...(seeds?.nodes ?? []), ...nodes],
  };
  return withFunctions(whole, Math.max(0, ...rows.map(linksOf)));
};
