// SHA-256 of a file within the file: 64 hexadecimal digits at a fixed place of the header, hashed as zeros.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** What stands in the place of the checksum when it is taken; the first entry of the metadata, called `sha256`. */
export const NO_CHECKSUM: string = '0'.repeat(64);

const BEFORE = utf8ToBytes('{"__metadata__":{"sha256":"');
const START = 8 + BEFORE.length;
const END = START + NO_CHECKSUM.length;

const digitsOf = (file: Uint8Array): Uint8Array => {
  const hash = sha256.create().update(file.subarray(0, START)).update(utf8ToBytes(NO_CHECKSUM));
  return utf8ToBytes(bytesToHex(hash.update(file.subarray(END)).digest()));
};

/** Writes the checksum of a file to its place. */
export const setChecksum = (file: Uint8Array): void => file.set(digitsOf(file), START);

/** Whether the file begins like one with a checksum, and every byte is as it was written. */
export const checksumHolds = (file: Uint8Array): boolean =>
  file.length > END &&
  BEFORE.every((byte, i) => file[8 + i] === byte) &&
  digitsOf(file).every((digit, i) => file[START + i] === digit);
