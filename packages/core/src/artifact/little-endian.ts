// Files are little-endian whatever the machine is.

const MACHINE_IS_LITTLE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The bytes of an array, little-endian: a view where the machine is, a copy elsewhere. */
export const littleEndian = (data: ElementArray): Uint8Array => {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return MACHINE_IS_LITTLE ? bytes : swapped(bytes, data.BYTES_PER_ELEMENT);
};

/** What files hold: elements of 1, 2 or 4 bytes. */
type ElementArray = Float32Array | Int32Array | Uint16Array | Int8Array | Uint8Array;

/** A fresh, aligned copy of little-endian bytes in the machine's order, for elements of `width` bytes. */
export const nativeCopy = (bytes: Uint8Array, width: 1 | 2 | 4): ArrayBuffer => {
  // Not `slice`: a Buffer's is a view.
  const copy = MACHINE_IS_LITTLE ? new Uint8Array(bytes) : swapped(bytes, width);
  return copy.buffer as ArrayBuffer;
};

const swapped = (bytes: Uint8Array, width: number): Uint8Array => {
  const out = new Uint8Array(bytes.length);
  bytes.forEach((byte, i) => (out[i ^ (width - 1)] = byte));
  return out;
};
