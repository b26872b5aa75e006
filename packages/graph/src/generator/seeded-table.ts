// A table that turned out to be random rows, number by number.
import type { RandomRows } from '@mapping-networks/core';
import type { FormValue } from '../precision/form-writer.ts';
import type { StoredForm } from '../precision/store-constants.ts';

/** A table as nodes on rows that are drawn. */
export interface SeededTable {
  readonly rows: readonly RandomRows[];
  write(valueOf: (rows: RandomRows) => FormValue): StoredForm;
}
