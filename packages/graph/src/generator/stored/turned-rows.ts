// Tables of places that block-wise maps read a latent z at, as places in [z, −z, 0]: each row of n holds all of 0 … d − 1
// in order, some of them with d added, at d of its places, and 2d elsewhere. Rows may be turned, [a, b] → [b, a]. Two bits
// for each number say all that; one where d = n.
import { int, ints } from '../../lower/emitter.ts';
import { DATA_TYPE } from '../../onnx/data-type.ts';
import type { FormValue, FormWriter } from '../../precision/form-writer.ts';
import { storedBits } from '../../precision/packed.ts';

export interface TurnedRows {
  readonly n: number;
  readonly d: number;
  /** Rows are stored as [b, a], with n = a · b. */
  readonly a: number;
}

/** Rows up to this length are looked for. */
const LONGEST = 2 ** 20;

/** How a table is made, if it is one of these. */
export const turnedRows = (data: Int32Array): TurnedRows | undefined => {
  const most = data.reduce((largest, value) => Math.max(largest, value), 0);
  for (let n = 2; n <= LONGEST && n <= data.length; n *= 2) {
    if (data.length % n !== 0) continue;
    // Where all of a row is used, 2d does not occur.
    for (const d of [n, most / 2]) {
      if (!Number.isInteger(d) || d > n || 2 * d < n) continue;
      for (let a = 1; a <= n; a *= 2) {
        // One row rules nearly all of them out.
        const rows = { n, d, a };
        if (isMade(data.subarray(0, n), rows) && isMade(data, rows)) return rows;
      }
    }
  }
  return undefined;
};

/** The element of a table that is number `at` when no row is turned. */
export const straight = ({ n, a }: TurnedRows, at: number): number => {
  const b = n / a;
  const i = at % n;
  return at - i + (i % b) * a + Math.floor(i / b);
};

const isMade = (data: Int32Array, rows: TurnedRows): boolean => {
  const { n, d } = rows;
  for (let row = 0; row < data.length; row += n) {
    let next = 0;
    for (let at = row; at < row + n; at++) {
      const value = data[straight(rows, at)] as number;
      if (d < n && value === 2 * d) continue;
      if (value < 0 || value >= 2 * d || value % d !== next) return false;
      next++;
    }
    if (next !== d) return false;
  }
  return true;
};

/** The table as a vector, from its bits. */
export const storedRows = (writer: FormWriter, data: Int32Array, made: TurnedRows): FormValue => {
  const { n, d, a } = made;
  const rows = data.length / n;
  const table = { dtype: 'int32', shape: [rows, n] } as const;
  const number = (suffix: string, value: number): FormValue =>
    writer.stored(suffix, Int32Array.of(value), { dtype: 'int32', shape: [] });
  const bits = (suffix: string, isSet: (value: number) => boolean): FormValue => {
    const set = storedBits(writer, data.length, (at) => isSet(data[straight(made, at)] as number), suffix);
    return writer.reshape(set, table.shape, `${suffix}.rows`);
  };
  const negative = bits('negative', (value) => value >= d && value < 2 * d);
  const choices = [negative, number('d', d), number('zero', 0)];
  const added = writer.emit('Where', choices, { ...table, suffix: 'added' });
  const signed = (places: FormValue): FormValue =>
    writer.emit('Add', [places, added], { ...table, suffix: 'signed' });
  const one = number('one', 1);
  if (d === n) {
    const all = { dtype: 'int32', shape: [n], suffix: 'places' } as const;
    const places = writer.emit('Range', [number('first', 0), number('n', n), one], all);
    return turned(writer, signed(places), [rows, a, n / a]);
  }
  const present = bits('present', (value) => value < 2 * d);
  const steps = writer.emit('Cast', [present], { ...table, suffix: 'steps' }, { to: int(DATA_TYPE.int32) });
  const counted = writer.emit('CumSum', [steps, one], { ...table, suffix: 'counted' });
  const places = signed(writer.emit('Sub', [counted, one], { ...table, suffix: 'places' }));
  const values = writer.emit('Where', [present, places, number('none', 2 * d)], {
    ...table,
    suffix: 'values',
  });
  return turned(writer, values, [rows, a, n / a]);
};

/** Rows of a · b numbers turned from [a, b] to [b, a], as a vector. */
const turned = (
  writer: FormWriter,
  table: FormValue,
  [rows, a, b]: readonly [number, number, number],
): FormValue => {
  const length = rows * a * b;
  if (a === 1 || b === 1) return writer.reshape(table, [length], 'vector');
  const split = writer.reshape(table, [rows, a, b], 'split');
  const type = { dtype: table.dtype, shape: [rows, b, a], suffix: 'turned' } as const;
  const transposed = writer.emit('Transpose', [split], type, { perm: ints([0, 2, 1]) });
  return writer.reshape(transposed, [length], 'vector');
};
