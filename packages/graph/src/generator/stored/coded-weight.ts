// Weights that lie on a grid whose steps somebody knows, such as a quantized latent: codes and scales, exactly.
import { decodeHalf, encodeHalf, type LatentEncoding, type LatentGrid } from '@mapping-networks/core';
import { int } from '../../lower/emitter.ts';
import { DATA_TYPE } from '../../onnx/data-type.ts';
import type { OnnxTensor } from '../../onnx/model.ts';
import { formWriter, type FormValue, type FormWriter } from '../../precision/form-writer.ts';
import type { StoredForm } from '../../precision/store-constants.ts';
import { storedPacked } from '../../precision/packed.ts';

/** The weight in the bits of its encoding; undefined where these do not give its numbers again. */
export const codedWeight = (tensor: OnnxTensor, encoding: LatentEncoding): StoredForm | undefined => {
  const { data } = tensor;
  if (!(data instanceof Float32Array)) return undefined;
  if ('scales' in encoding) return onGrid(tensor, data, encoding);
  return encoding.type === 'float16' ? inHalf(tensor, data) : undefined;
};

const TO_FLOAT = { to: int(DATA_TYPE.float32) };

const inHalf = ({ name, shape }: OnnxTensor, data: Float32Array): StoredForm | undefined => {
  const bits = encodeHalf('float16', data);
  if (!same(decodeHalf('float16', bits), data)) return undefined;
  const writer = formWriter(name);
  const stored = writer.stored('half', bits, { dtype: 'float16', shape });
  writer.emit('Cast', [stored], { dtype: 'float32', shape, suffix: 'wide' }, TO_FLOAT);
  return writer.form();
};

const same = (a: Float32Array, b: Float32Array): boolean =>
  a.length === b.length && a.every((value, at) => Object.is(value, b[at]));

/** Codes in whole blocks, the last filled up with zeros. */
const onGrid = (
  { name, shape }: OnnxTensor,
  data: Float32Array,
  { type, scales, block = data.length }: LatentGrid,
): StoredForm | undefined => {
  const reach = type === 'int8' ? 127 : 7;
  const codes = new Int8Array(scales.length * block);
  const values = data.map((value, at) => {
    const scale = scales[Math.floor(at / block)] ?? Number.NaN;
    // A code has no −0.
    const code = Math.max(-reach - 1, Math.min(reach, Math.round(value / scale))) + 0;
    codes[at] = code;
    return code * scale;
  });
  if (!same(values, data)) return undefined;
  const writer = formWriter(name);
  const blocks = [scales.length, block];
  const whole = type === 'int8' ? wholeBytes(writer, codes, blocks) : halfBytes(writer, codes, blocks);
  const type32 = { dtype: 'float32' } as const;
  const steps = writer.stored('scales', scales, { ...type32, shape: [scales.length, 1] });
  const scaled = writer.emit('Mul', [whole, steps], { ...type32, shape: blocks, suffix: 'scaled' });
  const flat = writer.reshape(scaled, [codes.length], 'flat');
  writer.reshape(writer.slice(flat, [0], [data.length], 'cut'), shape, 'whole');
  return writer.form();
};

const wholeBytes = (writer: FormWriter, codes: Int8Array, shape: readonly number[]): FormValue => {
  const stored = writer.stored('codes', codes, { dtype: 'int8', shape });
  return writer.emit('Cast', [stored], { dtype: 'float32', shape, suffix: 'numbers' }, TO_FLOAT);
};

/** Two codes to a byte, each 8 above itself. */
const halfBytes = (writer: FormWriter, codes: Int8Array, shape: readonly number[]): FormValue => {
  const at = (i: number): number => (codes[i] as number) + 8;
  const halves = storedPacked(writer, { bits: 4, count: codes.length, at }, 'codes');
  const numbers = { dtype: 'float32', shape: [codes.length] } as const;
  const above = writer.emit('Cast', [halves], { ...numbers, suffix: 'above' }, TO_FLOAT);
  const eight = writer.stored('eight', Float32Array.of(8), { dtype: 'float32', shape: [] });
  const flat = writer.emit('Sub', [above, eight], { ...numbers, suffix: 'numbers' });
  return writer.reshape(flat, shape, 'blocks');
};
