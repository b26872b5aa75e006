// SHA-256 of a checkpoint within the checkpoint: 64 hexadecimal digits at a fixed place of the header, hashed as zeros.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

const LENGTH = 64;

/** What stands in the place of the checksum when it is taken. */
export const NO_CHECKSUM: string = '0'.repeat(LENGTH);

/** What comes before it, after the eight bytes of the header's length: in every version of the layout. */
const BEFORE = utf8ToBytes('{"__metadata__":{"sha256":"');

export const CHECKSUM_START: number = 8 + BEFORE.length;
const END = CHECKSUM_START + LENGTH;

/** The hash of a file whose checksum is not set yet, or is to be checked. */
export const checksumOf = (file: Uint8Array): Uint8Array =>
  sha256
    .create()
    .update(file.subarray(0, CHECKSUM_START))
    .update(utf8ToBytes(NO_CHECKSUM))
    .update(file.subarray(END))
    .digest();

/** Whether the bytes begin like a checkpoint. */
export const hasChecksum = (file: Uint8Array): boolean =>
  file.length > END && BEFORE.every((byte, i) => file[8 + i] === byte);

/** Whether every byte is as it was written. */
export const checksumHolds = (file: Uint8Array): boolean => {
  const digits = utf8ToBytes(bytesToHex(checksumOf(file)));
  return digits.every((digit, i) => file[CHECKSUM_START + i] === digit);
};
