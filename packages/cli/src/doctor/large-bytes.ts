// Sizes of disks and memories.
import { bytes } from '../format.ts';

/** `7.8 GB`; less than that as elsewhere. */
export const largeBytes = (size: number): string =>
  size < 1024 ** 3 ? bytes(size) : `${(size / 1024 ** 3).toFixed(1)} GB`;
