// The IDX format of the MNIST family (LeCun, Cortes & Burges): two zero bytes, a type code, the number of dimensions,
// each side as a big-endian 32-bit integer, then the data. Only unsigned bytes (code 8) occur in these datasets.
import { requireArgument } from '@mapping-networks/core';
import { foreignFile, trailingBytes, truncatedFile } from '../errors.ts';

/** An array of unsigned bytes as an IDX file holds it. */
export interface IdxArray {
  readonly shape: readonly number[];
  /** Row-major. A view of the bytes given. */
  readonly data: Uint8Array;
}

const UNSIGNED_BYTE = 8;

/** More sides than any dataset has. Up to here the product of 32-bit sides is a finite number. */
const MOST_SIDES = 8;

/**
 * Reads an IDX array of unsigned bytes. `file` is what errors call it.
 *
 * @throws DATASETS_FOREIGN_FILE, DATASETS_TRUNCATED_FILE, DATASETS_TRAILING_BYTES
 * @example
 * ```ts
 * import { parseIdx } from '@mapping-networks/datasets';
 * const { shape, data } = parseIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 9), 'labels');
 * console.log(shape, data); // [2], Uint8Array [7, 9]
 * ```
 */
export const parseIdx = (bytes: Uint8Array, file: string): IdxArray => {
  requireArgument(bytes instanceof Uint8Array, 'parseIdx', 'bytes', 'a Uint8Array', bytes);
  const rank = bytes[3] ?? 0;
  if (bytes[0] !== 0 || bytes[1] !== 0 || bytes[2] !== UNSIGNED_BYTE || rank < 1 || rank > MOST_SIDES)
    throw foreignFile(file, bytes);
  const header = 4 + 4 * rank;
  if (bytes.length < header) throw truncatedFile(file, header, bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, side) => view.getUint32(4 + 4 * side));
  // The product may leave the whole numbers, but stays far above any file then.
  const expected = header + shape.reduce((product, side) => product * side, 1);
  if (bytes.length < expected) throw truncatedFile(file, expected, bytes.length);
  if (bytes.length > expected) throw trailingBytes(file, expected, bytes.length);
  return { shape, data: bytes.subarray(header) };
};
