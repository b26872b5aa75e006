// Constants that no training has touched have little in them: signs, permutations, indices. Each is stored in the smallest
// form that says exactly the same.
import { int } from '../lower/emitter.ts';
import { DATA_TYPE } from '../onnx/data-type.ts';
import type { OnnxDType, OnnxTensor, PortableModel } from '../onnx/model.ts';
import { formWriter, type FormValue, type FormWriter } from '../precision/form-writer.ts';
import { storeConstants, type StoredForm } from '../precision/store-constants.ts';
import { storedBits } from './stored-bits.ts';
import { storedRows, turnedRows } from './turned-rows.ts';

/** What the nodes of a form take in the file, about, and how many bytes it must save. */
const OVERHEAD = 1000;

/** The model with its large constants in the smallest forms that this file knows. Values are the same to the bit. */
export const compact = (model: PortableModel): PortableModel => storeConstants(model, smallest);

const smallest = (tensor: OnnxTensor): StoredForm | undefined => {
  const { data } = tensor;
  if (!(data instanceof Float32Array || data instanceof Int32Array) || data.byteLength < OVERHEAD)
    return undefined;
  const forms = [twoValued, placesInRows, narrow].flatMap((form) => form(tensor, data) ?? []);
  const best = forms.toSorted((a, b) => bytesOf(a) - bytesOf(b))[0];
  return best !== undefined && bytesOf(best) + OVERHEAD < data.byteLength ? best : undefined;
};

const bytesOf = ({ initializers }: StoredForm): number =>
  initializers.reduce((sum, { data }) => sum + data.byteLength, 0);

type Numbers = Float32Array | Int32Array;

type Form = (tensor: OnnxTensor, data: Numbers) => StoredForm | undefined;

const reshaped = (writer: FormWriter, flat: FormValue, shape: readonly number[]): StoredForm => {
  writer.emit('Reshape', [flat, writer.integers('shape', shape)], {
    suffix: 'whole',
    dtype: flat.dtype,
    shape,
  });
  return writer.form();
};

/** Two numbers, such as ±1/√d: a bit each. */
const twoValued: Form = ({ name, dtype, shape }, data) => {
  const first = data[0] as number;
  const second = data.find((value) => !Object.is(value, first)) ?? first;
  if (!data.every((value) => Object.is(value, first) || Object.is(value, second))) return undefined;
  const writer = formWriter(name);
  const bits = storedBits(writer, data.length, (at) => Object.is(data[at], second));
  const number = (suffix: string, value: number): FormValue =>
    writer.stored(suffix, data instanceof Float32Array ? Float32Array.of(value) : Int32Array.of(value), {
      dtype,
      shape: [],
    });
  const choices = [bits, number('second', second), number('first', first)];
  const chosen = writer.emit('Where', choices, { suffix: 'chosen', dtype, shape: [data.length] });
  return reshaped(writer, chosen, shape);
};

/** Tables of places that block-wise maps read at: one or two bits each. */
const placesInRows: Form = ({ name, shape }, data) => {
  const rows = data instanceof Int32Array ? turnedRows(data) : undefined;
  if (rows === undefined || !(data instanceof Int32Array)) return undefined;
  const writer = formWriter(name);
  return reshaped(writer, storedRows(writer, data, rows), shape);
};

const NARROW: readonly {
  readonly dtype: OnnxDType;
  readonly most: number;
  readonly make: (data: Int32Array) => Uint8Array | Uint16Array;
}[] = [
  { dtype: 'uint8', most: 0xff, make: (data) => Uint8Array.from(data) },
  { dtype: 'uint16', most: 0xffff, make: (data) => Uint16Array.from(data) },
];

/** Whole numbers that fit into one or two bytes. */
const narrow: Form = ({ name, shape }, data) => {
  if (!(data instanceof Int32Array)) return undefined;
  const most = data.reduce((largest, value) => Math.max(largest, value < 0 ? Infinity : value), 0);
  const type = NARROW.find((candidate) => most <= candidate.most);
  if (type === undefined) return undefined;
  const writer = formWriter(name);
  const stored = writer.stored('codes', type.make(data), { dtype: type.dtype, shape });
  writer.emit('Cast', [stored], { suffix: 'int32', dtype: 'int32', shape }, { to: int(DATA_TYPE.int32) });
  return writer.form();
};
