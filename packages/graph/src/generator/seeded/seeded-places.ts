// Tables of places at which block-wise maps read a latent: random signs, and random subsets of the places of a block.
import type { OnnxTensor } from '../../onnx/model.ts';
import { formWriter, type FormValue } from '../../precision/form-writer.ts';
import type { StoredForm } from '../../precision/store-constants.ts';
import { bitOf, type DrawnRows } from './drawn-rows.ts';
import type { SeededTable } from './seeds.ts';
import { straight, turnedRows, type TurnedRows } from '../stored/turned-rows.ts';

/** Places in [z, −z, 0]: each row has those of all coordinates in order, with a sign, at places of a subset. */
export const seededPlaces = (tensor: OnnxTensor, drawn: readonly DrawnRows[]): SeededTable | undefined => {
  const { data } = tensor;
  const made = data instanceof Int32Array ? turnedRows(data) : undefined;
  if (made === undefined || !(data instanceof Int32Array)) return undefined;
  const { n, d } = made;
  const count = data.length / n;
  const fitting = drawn.filter(({ rows }) => rows.rows === count);
  const subsets =
    d === n ? [undefined] : fitting.filter(({ rows }) => rows.length === n && rows.chosen === d);
  for (const bits of fitting.filter(({ rows }) => rows.length === d && rows.chosen === undefined)) {
    for (const subset of subsets) {
      if (!isPlaced(data, made, bits, subset)) continue;
      return {
        rows: [bits.rows, ...(subset ? [subset.rows] : [])],
        write: (valueOf) => writePlaces(tensor, made, valueOf(bits.rows), subset && valueOf(subset.rows)),
      };
    }
  }
  return undefined;
};

/** The rows have the form that `turnedRows` knows; what remains is where numbers stand, and their signs. */
const isPlaced = (
  data: Int32Array,
  made: TurnedRows,
  { bits }: DrawnRows,
  subset: DrawnRows | undefined,
): boolean => {
  const { n, d } = made;
  for (let k = 0; k * n < data.length; k++) {
    const [row, members] = [bits(k), subset?.members(k)];
    for (let i = 0; i < d; i++) {
      const at = members ? (members[i] as number) : i;
      if (data[straight(made, k * n + at)] !== i + d * bitOf(row, i)) return false;
    }
  }
  return true;
};

const writePlaces = (
  { name, shape, data }: OnnxTensor,
  { n, d, a }: TurnedRows,
  bits: FormValue,
  present: FormValue | undefined,
): StoredForm => {
  const writer = formWriter(name);
  const count = data.length / n;
  const result = (suffix: string, sides: readonly number[]) =>
    ({ dtype: 'int64', shape: sides, suffix }) as const;
  const own = writer.call('places', [bits, writer.integer('d', d)], result('places', [count, d]));
  const whole = present
    ? writer.call('spread', [own, present, writer.integer('none', 2 * d)], result('spread', [count, n]))
    : own;
  const type = { dtype: 'int32', shape: [data.length], suffix: 'turned' } as const;
  const turned = writer.call('turned', [whole, writer.integers('blocks', [count, a, n / a])], type);
  writer.reshape(turned, shape, 'whole');
  return writer.form();
};
