// A hash of all weights. Two machines with the same fingerprint have the same network, bit for bit.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { requireArgument } from '../argument.ts';
import { littleEndian } from './little-endian.ts';

/**
 * SHA-256, in hexadecimal, of θ as little-endian float32.
 *
 * @example
 * ```ts
 * import { fingerprint } from '@mapping-networks/core';
 * console.log(fingerprint(Float32Array.of(0, 1)).length); // 64
 * ```
 */
export const fingerprint = (theta: Float32Array): string => {
  requireArgument(ArrayBuffer.isView(theta), 'fingerprint', 'theta', 'a Float32Array', theta);
  return bytesToHex(sha256(littleEndian(theta)));
};
