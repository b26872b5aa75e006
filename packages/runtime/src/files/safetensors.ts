// latent.safetensors: 8 bytes of header length, a JSON header, the data. Every offset is checked before anything is made.
import { sizeOf } from '../space/parameter.ts';
import { isRecord, list, oneOf, record, requireValid, text, whole } from './check.ts';
import { parseJson } from './json.ts';

/** An array of a file as it is stored. */
export interface Tensor {
  readonly dtype: 'F32' | 'I32' | 'F16' | 'BF16' | 'I8' | 'U8';
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | Uint16Array | Int8Array | Uint8Array;
}

interface Entry extends Pick<Tensor, 'dtype' | 'shape'> {
  readonly data_offsets: readonly [number, number];
}

const FILE = 'latent.safetensors';
const METADATA = '__metadata__';
const MOST_HEADER_BYTES = 2 ** 24;
const MOST_SIDES = 32;
const BRACE = 0x7b;
/** Half precision as bits. */
const ARRAYS = {
  F32: Float32Array,
  I32: Int32Array,
  F16: Uint16Array,
  BF16: Uint16Array,
  I8: Int8Array,
  U8: Uint8Array,
};

const size = whole(0);

const isEntry = record({
  dtype: oneOf(...Object.keys(ARRAYS)),
  shape: list(size, 0, MOST_SIDES),
  data_offsets: list(size, 2, 2),
});

/** Orders tensors that lie one behind the other, empty ones at their place. */
const placeOf = ({ data_offsets: [from, to] }: Entry): number => from + to;

/** @throws RUNTIME_INVALID_BUNDLE */
export const readSafetensors = (bytes: Uint8Array): ReadonlyMap<string, Tensor> => {
  const { buffer, byteOffset, length } = bytes;
  // A header begins with a brace; a decoder would take a byte order mark away unseen.
  requireValid(length > 8 && bytes[8] === BRACE, FILE);
  const view = new DataView(buffer, byteOffset);
  const headerBytes = Number(view.getBigUint64(0, true));
  let end = 8 + headerBytes;
  requireValid(headerBytes <= MOST_HEADER_BYTES && end <= length, FILE);
  const json = parseJson(bytes.subarray(8, end));
  requireValid(isRecord(json), FILE);
  const { [METADATA]: metadata = {}, ...header } = json as Readonly<Record<string, unknown>>;
  requireValid(
    isRecord(metadata) && list(text)(Object.values(metadata)) && list(isEntry)(Object.values(header)),
    FILE,
  );
  const entries = Object.entries(header) as [string, Entry][];
  entries.sort(([, a], [, b]) => placeOf(a) - placeOf(b));
  const begin = end;
  const tensors = new Map<string, Tensor>();
  for (const [name, { dtype, shape, data_offsets: offsets }] of entries) {
    const [from, to] = [begin + offsets[0], begin + offsets[1]];
    const Numbers = ARRAYS[dtype];
    const bytesOf = Numbers.BYTES_PER_ELEMENT * sizeOf(shape);
    requireValid(from === end && to - from === bytesOf && to <= length, FILE);
    end = to;
    // Not `slice`: that of a Buffer is a view.
    const data = new Numbers(new Uint8Array(bytes.subarray(from, to)).buffer);
    tensors.set(name, { dtype, shape, data });
  }
  requireValid(end === length, FILE);
  return tensors;
};
