// Pruned weights in fewer bytes: the numbers that differ from zero, and where they stand. ONNX has tensors of its own for
// that, which spend eight bytes on each place. These are ordinary operators, computed once when the model is loaded.
import type { OnnxArray, OnnxTensor, PortableModel } from '../onnx/model.ts';
import { formWriter } from './form-writer.ts';
import { placesOf, type Places } from './places.ts';
import { storeConstants, type StoredForm } from './store-constants.ts';

/**
 * The model with each constant that takes less room so as its nonzero numbers and their places: the gaps between them, a
 * byte or half of one each, or a bit for each element, whichever is least. A float32 tensor of which a tenth is left takes
 * an eighth, one of int8 codes a fifth; of one pruned 2:4 half stays, and a bit for each element. For codes, zero is the
 * most frequent one. Results are the same.
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
  const isStored = (at: number): boolean => !isBackground(data[at] as number);
  const costOf = ({ bytes, elements }: Places): number => bytes + elements.length * data.BYTES_PER_ELEMENT;
  const [places] = placesOf(data.length, isStored).toSorted((a, b) => costOf(a) - costOf(b));
  if (places === undefined || costOf(places) >= data.byteLength) return undefined;
  const writer = formWriter(name);
  const values = writer.stored('values', taken(data, places.elements, background), {
    dtype,
    shape: [places.elements.length],
  });
  const flat = places.write(writer, values, () =>
    writer.stored('background', taken(data, Int32Array.of(-1), background), { dtype, shape: [] }),
  );
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
