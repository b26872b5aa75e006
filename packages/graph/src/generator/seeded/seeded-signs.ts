// Tables of two numbers, one for each value of a random bit.
import type { OnnxTensor } from '../../onnx/model.ts';
import { formWriter, type FormValue } from '../../precision/form-writer.ts';
import type { StoredForm } from '../../precision/store-constants.ts';
import { bitOf, type DrawnRows } from './drawn-rows.ts';
import type { SeededTable } from './seeds.ts';

/** Two numbers, one for each value of a bit. */
export const seededSigns = (tensor: OnnxTensor, drawn: readonly DrawnRows[]): SeededTable | undefined => {
  const { data } = tensor;
  if (!(data instanceof Float32Array)) return undefined;
  for (const each of drawn) {
    const values = each.rows.chosen === undefined ? valuesOfBits(data, each) : undefined;
    if (values !== undefined)
      return { rows: [each.rows], write: (valueOf) => writeSigns(tensor, valueOf(each.rows), values) };
  }
  return undefined;
};

/** What stands for 0 and for 1. */
const valuesOfBits = (
  data: Float32Array,
  { rows: { rows, length }, bits }: DrawnRows,
): readonly [number, number] | undefined => {
  if (Math.ceil(data.length / length) !== rows) return undefined;
  const values: [number | undefined, number | undefined] = [undefined, undefined];
  for (let k = 0; k < rows; k++) {
    const row = bits(k);
    for (let i = 0; i < length && k * length + i < data.length; i++) {
      const bit = bitOf(row, i) as 0 | 1;
      const value = data[k * length + i];
      values[bit] ??= value;
      if (!Object.is(value, values[bit])) return undefined;
    }
  }
  const [zero, one] = values;
  return zero === undefined || one === undefined ? undefined : [zero, one];
};

const writeSigns = (
  { name, shape, data: { length } }: OnnxTensor,
  bits: FormValue,
  values: readonly [number, number],
): StoredForm => {
  const writer = formWriter(name);
  const count = bits.shape.reduce((product, side) => product * side, 1);
  const flat = writer.reshape(bits, [count], 'flat');
  const cut = writer.slice(flat, [0], [length], 'cut');
  const [zero, one] = values.map((value, bit) =>
    writer.stored(`value${bit}`, Float32Array.of(value), { dtype: 'float32', shape: [] }),
  ) as [FormValue, FormValue];
  const signed = writer.emit('Where', [cut, one, zero], {
    dtype: 'float32',
    shape: [length],
    suffix: 'signed',
  });
  writer.reshape(signed, shape, 'whole');
  return writer.form();
};
