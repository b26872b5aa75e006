// Flags in bytes, eight to a byte, the lowest bits first.

/** Bit i mod 8 of byte ⌊i / 8⌋ says whether element i is there. */
export const packFlags = (count: number, flag: (i: number) => boolean): Uint8Array => {
  const bytes = new Uint8Array(Math.ceil(count / 8));
  for (let i = 0; i < count; i++) if (flag(i)) bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (1 << (i & 7));
  return bytes;
};

export const flagAt = (bytes: Uint8Array, i: number): boolean =>
  (((bytes[i >> 3] ?? 0) >> (i & 7)) & 1) === 1;
