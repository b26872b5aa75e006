// Forms of a constant by itself that are smaller than its numbers, and say exactly the same: two numbers in bits, whole
// numbers in one or two bytes, tables of places in bits, a Walsh-Hadamard matrix by its size.
import { int } from '../../lower/emitter.ts';
import { DATA_TYPE } from '../../onnx/data-type.ts';
import type { OnnxDType, OnnxTensor } from '../../onnx/model.ts';
import { formWriter, type FormValue } from '../../precision/form-writer.ts';
import type { StoredForm } from '../../precision/store-constants.ts';
import { storedBits } from '../../precision/packed.ts';
import { isSylvester } from '../functions/sylvester.ts';
import { storedRows, turnedRows } from './turned-rows.ts';

/** About what a node, or a constant beside its numbers, takes in the file. */
export const NODE_BYTES = 30;

/** The smallest of these forms; undefined where the constant is smaller. */
export const smallestForm = (tensor: OnnxTensor): StoredForm | undefined => {
  const { data } = tensor;
  if (!(data instanceof Float32Array || data instanceof Int32Array) || data.byteLength < NODE_BYTES)
    return undefined;
  const forms = [walshHadamard, twoValued, placesInRows, narrow].flatMap((form) => form(tensor, data) ?? []);
  const best = forms.toSorted((a, b) => bytesOf(a) - bytesOf(b))[0];
  return best !== undefined && bytesOf(best) < data.byteLength ? best : undefined;
};

/** About what a form takes in the file. */
export const bytesOf = ({ initializers, nodes }: StoredForm): number =>
  initializers.reduce((sum, { data }) => sum + data.byteLength + NODE_BYTES, NODE_BYTES * nodes.length);

type Numbers = Float32Array | Int32Array;

type Form = (tensor: OnnxTensor, data: Numbers) => StoredForm | undefined;

/** A matrix that its size says. */
const walshHadamard: Form = ({ name, shape }, data) => {
  const [side = 0, other] = shape;
  if (!(data instanceof Float32Array) || shape.length !== 2 || side !== other || !isSylvester(data, side))
    return undefined;
  const writer = formWriter(name);
  const n = writer.integer('n', side);
  writer.call('sylvester', [n], { dtype: 'float32', shape, suffix: 'matrix' });
  return writer.form();
};

/** Two numbers, such as ±1/√d: a bit each. */
const twoValued: Form = ({ name, dtype, shape }, data) => {
  const first = data[0] as number;
  const second = data.find((value) => !Object.is(value, first)) ?? first;
  if (!data.every((value) => Object.is(value, first) || Object.is(value, second))) return undefined;
  const writer = formWriter(name);
  const bits = storedBits(writer, data.length, (at) => Object.is(data[at], second), 'bits');
  const number = (suffix: string, value: number): FormValue =>
    writer.stored(suffix, data instanceof Float32Array ? Float32Array.of(value) : Int32Array.of(value), {
      dtype,
      shape: [],
    });
  const choices = [bits, number('second', second), number('first', first)];
  const chosen = writer.emit('Where', choices, { suffix: 'chosen', dtype, shape: [data.length] });
  writer.reshape(chosen, shape, 'whole');
  return writer.form();
};

/** Tables of places that block-wise maps read at: one or two bits each. */
const placesInRows: Form = ({ name, shape }, data) => {
  const rows = data instanceof Int32Array ? turnedRows(data) : undefined;
  if (rows === undefined || !(data instanceof Int32Array)) return undefined;
  const writer = formWriter(name);
  writer.reshape(storedRows(writer, data, rows), shape, 'whole');
  return writer.form();
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
