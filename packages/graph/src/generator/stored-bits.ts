// Bits, eight to a byte, and the nodes that take them apart again.
import { int } from '../lower/emitter.ts';
import { DATA_TYPE } from '../onnx/data-type.ts';
import type { FormValue, FormWriter } from '../precision/form-writer.ts';

/** Bit i is bit i mod 8 of byte ⌊i/8⌋. */
const packed = (count: number, isSet: (at: number) => boolean): Uint8Array => {
  const bytes = new Uint8Array(Math.ceil(count / 8));
  for (let at = 0; at < count; at++) {
    if (isSet(at)) bytes[at >> 3] = (bytes[at >> 3] as number) | (1 << (at & 7));
  }
  return bytes;
};

/** A vector of bools, stored as bits. */
export const storedBits = (
  writer: FormWriter,
  count: number,
  isSet: (at: number) => boolean,
  suffix = 'chosen',
): FormValue => {
  const bytes = packed(count, isSet);
  const bits = { dtype: 'uint8', shape: [bytes.length, 8] } as const;
  const stored = writer.stored(`${suffix}.bits`, bytes, { dtype: 'uint8', shape: [bytes.length, 1] });
  const places = Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7);
  const shifts = writer.stored(`${suffix}.shifts`, places, { dtype: 'uint8', shape: [8] });
  const right = { direction: { type: 'string', value: 'RIGHT' } } as const;
  const shifted = writer.emit('BitShift', [stored, shifts], { ...bits, suffix: `${suffix}.shifted` }, right);
  const one = writer.stored(`${suffix}.mask`, Uint8Array.of(1), { dtype: 'uint8', shape: [] });
  const single = writer.emit('BitwiseAnd', [shifted, one], { ...bits, suffix: `${suffix}.single` });
  const to = { to: int(DATA_TYPE.bool) };
  const set = writer.emit(
    'Cast',
    [single],
    { dtype: 'bool', shape: bits.shape, suffix: `${suffix}.set` },
    to,
  );
  const all = { dtype: 'bool', shape: [bytes.length * 8], suffix: `${suffix}.flat` } as const;
  const flat = writer.emit('Reshape', [set, writer.integers(`${suffix}.all`, all.shape)], all);
  if (count === bytes.length * 8) return flat;
  const range = [writer.integers(`${suffix}.begin`, [0]), writer.integers(`${suffix}.end`, [count])];
  return writer.emit('Slice', [flat, ...range], { suffix: `${suffix}.cut`, dtype: 'bool', shape: [count] });
};
