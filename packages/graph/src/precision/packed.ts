// Small numbers, several to a byte, and the nodes that take them apart again.
import { int } from '../lower/emitter.ts';
import { DATA_TYPE } from '../onnx/data-type.ts';
import type { FormValue, FormWriter } from './form-writer.ts';

/** Numbers below 2^bits: `at(i)` for i = 0 … count − 1. */
export interface SmallNumbers {
  readonly bits: 1 | 4;
  readonly count: number;
  readonly at: (i: number) => number;
}

/** As many as fit into each byte, the first of them in its lowest bits. */
const packed = ({ bits, count, at }: SmallNumbers): Uint8Array => {
  const each = 8 / bits;
  const bytes = new Uint8Array(Math.ceil(count / each));
  for (let i = 0; i < count; i++) {
    const byte = Math.floor(i / each);
    bytes[byte] = (bytes[byte] as number) | (at(i) << (bits * (i % each)));
  }
  return bytes;
};

/** The numbers as a vector of uint8. */
export const storedPacked = (writer: FormWriter, numbers: SmallNumbers, suffix: string): FormValue => {
  const bytes = packed(numbers);
  const places = Uint8Array.from({ length: 8 / numbers.bits }, (_, i) => i * numbers.bits);
  const all = { dtype: 'uint8', shape: [bytes.length, places.length] } as const;
  const stored = writer.stored(`${suffix}.bytes`, bytes, { dtype: 'uint8', shape: [bytes.length, 1] });
  const shifts = writer.stored(`${suffix}.shifts`, places, { dtype: 'uint8', shape: [places.length] });
  const right = { direction: { type: 'string', value: 'RIGHT' } } as const;
  const shifted = writer.emit('BitShift', [stored, shifts], { ...all, suffix: `${suffix}.shifted` }, right);
  const ones = Uint8Array.of(2 ** numbers.bits - 1);
  const mask = writer.stored(`${suffix}.mask`, ones, { dtype: 'uint8', shape: [] });
  const single = writer.emit('BitwiseAnd', [shifted, mask], { ...all, suffix: `${suffix}.single` });
  const flat = writer.reshape(single, [bytes.length * places.length], `${suffix}.flat`);
  return writer.slice(flat, [0], [numbers.count], `${suffix}.cut`);
};

/** A vector of bools, each a bit. */
export const storedBits = (
  writer: FormWriter,
  count: number,
  isSet: (at: number) => boolean,
  suffix: string,
): FormValue => {
  const at = (i: number): number => (isSet(i) ? 1 : 0);
  const bits = storedPacked(writer, { bits: 1, count, at }, suffix);
  const type = { dtype: 'bool', shape: [count], suffix: `${suffix}.set` } as const;
  return writer.emit('Cast', [bits], type, { to: int(DATA_TYPE.bool) });
};
