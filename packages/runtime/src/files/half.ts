// Half precision, both kinds: float32 to 16 bits and back, bit by bit, to nearest and ties to even (IEEE 754-2008).
// float16 has 5 bits of exponent and 10 of fraction, bfloat16 the 8 of float32 and 7.

/** `float16` reaches from 6·10⁻⁸ to 65,504 with 3 digits, `bfloat16` as far as float32 with 2. */
export type HalfType = 'float16' | 'bfloat16';

const INFINITY = 0x7f800000;

/** Bits of |x| as float32, to those of a float16. */
const toFloat16 = (bits: number): number => {
  // A NaN stays one, whatever its payload.
  if (bits > INFINITY) return 0x7e00 | ((bits >>> 13) & 0x3ff);
  // From 65,520 on, half-way to the first number that float16 lacks.
  if (bits >= 0x477ff000) return 0x7c00;
  // Normal: the exponent by 112 less; a carry out of the fraction raises it by itself.
  if (bits >= 0x38800000) return nearest(bits - 0x38000000, 13);
  const exponent = bits >>> 23;
  // Below 2⁻²⁵ and at it, half of the smallest number: nothing.
  if (exponent < 102) return 0;
  return nearest((bits & 0x7fffff) | 0x800000, 126 - exponent);
};

/** A whole number without its last `shift` bits, 1 to 24, rounded to nearest, ties to even. */
const nearest = (whole: number, shift: number): number => {
  const odd = (whole >>> shift) & 1;
  return (whole + 2 ** (shift - 1) - 1 + odd) >>> shift;
};

const toBfloat16 = (bits: number): number => (bits > INFINITY ? (bits >>> 16) | 0x40 : nearest(bits, 16));

/** Bits of |x| as float16, to those of the same float32. */
const fromFloat16 = (bits: number): number => {
  const exponent = bits >>> 10;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return INFINITY | (fraction << 13);
  if (exponent > 0) return ((exponent + 112) << 23) | (fraction << 13);
  if (fraction === 0) return 0;
  // Subnormal: fraction · 2⁻²⁴, its leading 1 moved to where float32 implies it.
  const shift = Math.clz32(fraction) - 21;
  return ((113 - shift) << 23) | ((fraction << (13 + shift)) & 0x7fffff);
};

/** The nearest numbers of half precision, as their 16 bits; ties go to even. Too large becomes infinite. */
export const encodeHalf = (type: HalfType, values: Float32Array): Uint16Array<ArrayBuffer> => {
  const encode = type === 'float16' ? toFloat16 : toBfloat16;
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(bits, (word) => ((word >>> 16) & 0x8000) | encode(word & 0x7fffffff));
};

/** The float32 numbers that 16 bits each stand for, exactly. */
export const decodeHalf = (type: HalfType, bits: Iterable<number>): Float32Array<ArrayBuffer> => {
  const decode = (half: number): number =>
    type === 'float16' ? ((half & 0x8000) << 16) | fromFloat16(half & 0x7fff) : half << 16;
  return new Float32Array(Uint32Array.from(bits, decode).buffer);
};

/** The largest finite number of a type. */
export const LARGEST_HALF: Readonly<Record<HalfType, number>> = {
  float16: 65_504,
  bfloat16: (2 - 2 ** -7) * 2 ** 127,
};

/** The nearest numbers of half precision, as float32: what is too large becomes the largest number instead of infinity. */
export const halved = (type: HalfType, values: Float32Array): Float32Array => {
  const largest = LARGEST_HALF[type];
  const held = values.map((value) => Math.min(largest, Math.max(-largest, value)));
  return decodeHalf(type, encodeHalf(type, held));
};
