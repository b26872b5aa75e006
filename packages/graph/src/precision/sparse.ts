// Pruned weights in fewer bytes: the numbers that differ from zero, and before each how far it is from the last one. ONNX
// has tensors of its own for that, which spend eight bytes on each place. These are ordinary operators, computed once
// when the model is loaded.
import { int } from '../lower/emitter.ts';
import { DATA_TYPE } from '../onnx/data-type.ts';
import type { OnnxArray, OnnxTensor, PortableModel } from '../onnx/model.ts';
import { formWriter } from './form-writer.ts';
import { storeConstants, type StoredForm } from './store-constants.ts';

/** What nodes and names take in the file, about. */
const OVERHEAD = 700;

/** Gaps are bytes: a longer one is made of several, with a zero at the end of each. */
const LONGEST = 255;

/**
 * The model with each constant that takes less room so as its nonzero numbers and the gaps between them (one byte each):
 * a float32 tensor of which a tenth is left takes an eighth, one of int8 codes a fifth. For codes, zero is the most
 * frequent one. Results are the same.
 *
 * @example
 * ```ts
 * import { encodeModel, toSparse, type PortableModel } from '@mapping-networks/graph';
 * const data = Float32Array.from({ length: 10_000 }, (_, i) => (i % 10 === 0 ? 1 : 0));
 * const x = { name: 'x', dtype: 'float32', shape: ['batch', 10_000] } as const;
 * const model: PortableModel = {
 *   operatorSets: [{ domain: '', version: 18 }],
 *   inputs: [x],
 *   outputs: [{ ...x, name: 'y', result: 'y' }],
 *   initializers: [{ name: 'w', dtype: 'float32', shape: [10_000], data }],
 *   nodes: [{ operator: 'Mul', domain: '', inputs: ['x', 'w'], outputs: [{ ...x, name: 'y' }], attributes: {} }],
 * };
 * console.log(encodeModel(model).length, encodeModel(toSparse(model)).length); // 40… 5…
 * ```
 */
export const toSparse = (model: PortableModel): PortableModel => storeConstants(model, sparse);

type Data = Exclude<OnnxArray, BigInt64Array>;

interface Entries {
  readonly gaps: Uint8Array;
  /** Where the values are taken from; -1 for the background at the end of a long gap. */
  readonly places: Int32Array;
}

const entriesOf = (data: Data, isBackground: (value: number) => boolean): Entries => {
  const gaps: number[] = [];
  const places: number[] = [];
  let last = 0;
  for (let at = 0; at < data.length; at++) {
    if (isBackground(data[at] as number)) continue;
    for (; at - last > LONGEST; last += LONGEST) {
      gaps.push(LONGEST);
      places.push(-1);
    }
    gaps.push(at - last);
    places.push(at);
    last = at;
  }
  return { gaps: Uint8Array.from(gaps), places: Int32Array.from(places) };
};

/** The most frequent code; of other numbers, zero. */
const backgroundOf = (data: Data): number => {
  if (!(data instanceof Int8Array)) return 0;
  const counts = new Int32Array(256);
  for (const code of data) counts[code + 128] = (counts[code + 128] as number) + 1;
  return counts.reduce((best, count, at) => (count > (counts[best] as number) ? at : best), 0) - 128;
};

const STORED: ReadonlySet<string> = new Set(['float16', 'float32', 'int8']);

const sparse = (tensor: OnnxTensor): StoredForm | undefined => {
  const { name, dtype, shape, data } = tensor;
  if (!STORED.has(dtype) || data instanceof BigInt64Array) return undefined;
  const background = backgroundOf(data);
  // The bits of −0 in float16, too, are a zero.
  const isBackground = (value: number): boolean =>
    value === background || (dtype === 'float16' && value === 0x8000);
  const { gaps, places } = entriesOf(data, isBackground);
  if (gaps.length * (1 + data.BYTES_PER_ELEMENT) + OVERHEAD >= data.byteLength) return undefined;
  const values = taken(data, places, background);
  const writer = formWriter(name);
  const [few, all] = [
    { dtype, shape: [gaps.length] },
    { dtype, shape: [data.length] },
  ];
  const counts = { dtype: 'int32', shape: few.shape } as const;
  const stored = writer.stored('gaps', gaps, { dtype: 'uint8', shape: few.shape });
  const steps = writer.emit('Cast', [stored], { ...counts, suffix: 'steps' }, { to: int(DATA_TYPE.int32) });
  const axis = writer.stored('axis', Int32Array.of(0), { dtype: 'int32', shape: [] });
  const positions = writer.emit('CumSum', [steps, axis], { ...counts, suffix: 'positions' });
  const number = writer.stored('background', taken(data, Int32Array.of(-1), background), {
    dtype,
    shape: [],
  });
  const size = writer.integers('size', [data.length]);
  const empty = writer.emit('Expand', [number, size], { ...all, suffix: 'empty' });
  const entries = [empty, positions, writer.stored('values', values, few)];
  const flat = writer.emit('ScatterElements', entries, { ...all, suffix: 'flat' }, { axis: int(0) });
  writer.emit('Reshape', [flat, writer.integers('shape', shape)], { suffix: 'whole', dtype, shape });
  return writer.form();
};

/** Elements at these places, the background where there is none. */
const taken = <A extends Exclude<OnnxArray, BigInt64Array>>(
  data: A,
  places: Int32Array,
  background: number,
): A => {
  const result = data.slice(0, 0) as A;
  const ArrayOf = result.constructor as new (length: number) => A;
  const values = new ArrayOf(places.length);
  places.forEach((place, at) => {
    values[at] = place < 0 ? background : (data[place] as number);
  });
  return values;
};
