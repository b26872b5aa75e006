// Codes of four bits, two in a byte: the first in the lower half, each as two's complement.

/**
 * Codes of −8 … 7, packed; of an odd number the last byte's upper half is 0.
 *
 * @example
 * ```ts
 * import { packNibbles } from '@mapping-networks/runtime/canonical';
 * console.log(packNibbles(Int8Array.of(1, -1, 7))); // Uint8Array [241, 7]
 * ```
 */
export const packNibbles = (codes: Int8Array): Uint8Array =>
  Uint8Array.from(
    { length: Math.ceil(codes.length / 2) },
    (_, i) => ((codes[2 * i] ?? 0) & 15) | (((codes[2 * i + 1] ?? 0) & 15) << 4),
  );

/**
 * The first `count` codes of packed ones.
 *
 * @example
 * ```ts
 * import { unpackNibbles } from '@mapping-networks/runtime/canonical';
 * console.log(unpackNibbles(Uint8Array.of(241, 7), 3)); // Int8Array [1, -1, 7]
 * ```
 */
export const unpackNibbles = (bytes: Uint8Array, count: number): Int8Array =>
  Int8Array.from({ length: count }, (_, i) => {
    const half = ((bytes[i >> 1] ?? 0) >> (i % 2 === 0 ? 0 : 4)) & 15;
    return half < 8 ? half : half - 16;
  });
