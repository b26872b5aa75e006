// Files are little-endian whatever the machine is.

const MACHINE_IS_LITTLE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The bytes of a 32-bit array, little-endian: a view where the machine is, a copy elsewhere. */
export const littleEndian = (data: Float32Array | Int32Array): Uint8Array => {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return MACHINE_IS_LITTLE ? bytes : swapped(bytes);
};

/** A fresh, aligned copy of little-endian bytes in the machine's order. */
export const nativeCopy = (bytes: Uint8Array): ArrayBuffer => {
  // Not `slice`: a Buffer's is a view.
  const copy = MACHINE_IS_LITTLE ? new Uint8Array(bytes) : swapped(bytes);
  return copy.buffer as ArrayBuffer;
};

const swapped = (bytes: Uint8Array): Uint8Array => {
  const out = new Uint8Array(bytes.length);
  bytes.forEach((byte, i) => (out[i ^ 3] = byte));
  return out;
};
