// Logarithm, sine, cosine, exponential and tanh from + − × ÷ alone, in float64. JavaScript engines are free to differ
// in Math.log or Math.sin; they are not free to differ here. Errors stay below 1e-13 relative (absolute near zeros of
// sine and cosine), far under the float32 rounding that follows.

const LN2_HI = 0.6931471803691238;
const LN2_LO = 1.9082149292705877e-10;
const SMALLEST_NORMAL = 2.2250738585072014e-308;
const TWO_54 = 18014398509481984;
const buffer = new DataView(new ArrayBuffer(8));

/** 2ᵏ for whole k in −1022 … 1023, from its bits: `**` is an approximation by the letter of the standard. */
const powerOfTwo = (k: number): number => {
  buffer.setUint32(0, (k + 1023) << 20);
  buffer.setUint32(4, 0);
  return buffer.getFloat64(0);
};

/**
 * ln x for finite x > 0: x = m·2ᵉ with m in [√½, √2), ln m = 2 artanh((m − 1) / (m + 1)) as a series.
 *
 * @example
 * ```ts
 * import { log } from '@mapping-networks/runtime/canonical';
 * console.log(log(Math.E)); // 1
 * ```
 */
export const log = (x: number): number => {
  let exponent = 0;
  let mantissa = x;
  if (mantissa < SMALLEST_NORMAL) {
    mantissa *= TWO_54;
    exponent -= 54;
  }
  buffer.setFloat64(0, mantissa);
  const high = buffer.getUint32(0);
  exponent += ((high >>> 20) & 0x7ff) - 1023;
  buffer.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  mantissa = buffer.getFloat64(0);
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent += 1;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const s2 = s * s;
  let sum = 0;
  for (let k = 23; k >= 1; k -= 2) sum = sum * s2 + 2 / k;
  return exponent * LN2_HI + (s * sum + exponent * LN2_LO);
};

/** Taylor series of sine and cosine on [−π/4, π/4], in z = x². */
const SIN = [
  1,
  -1 / 6,
  1 / 120,
  -1 / 5040,
  1 / 362880,
  -1 / 39916800,
  1 / 6227020800,
  -1 / 1307674368000,
] as const;
const COS = [1, -1 / 2, 1 / 24, -1 / 720, 1 / 40320, -1 / 3628800, 1 / 479001600, -1 / 87178291200] as const;

const horner = (coefficients: readonly number[], z: number): number => {
  let sum = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) sum = sum * z + (coefficients[k] ?? 0);
  return sum;
};

/**
 * sin(2πt), t in turns: exact reduction to an eighth of a turn.
 *
 * @example
 * ```ts
 * import { sinTurn } from '@mapping-networks/runtime/canonical';
 * console.log(sinTurn(0.25)); // 1
 * ```
 */
export const sinTurn = (t: number): number => {
  const quarters = Math.floor(4 * t + 0.5);
  const x = (t - quarters / 4) * (2 * Math.PI);
  const z = x * x;
  const quadrant = ((quarters % 4) + 4) % 4;
  const value = quadrant % 2 === 0 ? x * horner(SIN, z) : horner(COS, z);
  return quadrant < 2 ? value : -value;
};

/**
 * cos(2πt), t in turns.
 *
 * @example
 * ```ts
 * import { cosTurn } from '@mapping-networks/runtime/canonical';
 * console.log(cosTurn(0.5)); // -1
 * ```
 */
export const cosTurn = (t: number): number => sinTurn(t + 0.25);

/** π/2 in three parts whose products with small integers are exact (Cody & Waite 1980). */
const HALF_PI = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21] as const;

/**
 * sin x for |x| up to 10⁵, x in radians.
 *
 * @example
 * ```ts
 * import { sin } from '@mapping-networks/runtime/canonical';
 * console.log(sin(1)); // 0.8414709
 * ```
 */
export const sin = (x: number): number => {
  const quarters = Math.floor(x / (Math.PI / 2) + 0.5);
  const reduced = x - quarters * HALF_PI[0] - quarters * HALF_PI[1] - quarters * HALF_PI[2];
  const z = reduced * reduced;
  const quadrant = ((quarters % 4) + 4) % 4;
  const value = quadrant % 2 === 0 ? reduced * horner(SIN, z) : horner(COS, z);
  return quadrant < 2 ? value : -value;
};

/**
 * eˣ: x = k ln 2 + r, |r| ≤ ln 2 / 2, Taylor series to r¹³. Saturates to 0 and ∞ as float64 does.
 *
 * @example
 * ```ts
 * import { exp } from '@mapping-networks/runtime/canonical';
 * console.log(exp(1)); // 2.7182818
 * ```
 */
export const exp = (x: number): number => {
  if (x > 709.8) return Infinity;
  if (x < -745.2) return 0;
  const k = Math.floor(x / Math.LN2 + 0.5);
  const r = x - k * LN2_HI - k * LN2_LO;
  let sum = 1;
  for (let n = 13; n >= 1; n--) sum = 1 + (sum * r) / n;
  const half = Math.floor(k / 2);
  return sum * powerOfTwo(half) * powerOfTwo(k - half);
};

/**
 * tanh x: odd series below 0.1, where 1 − e^(−2x) would cancel.
 *
 * @example
 * ```ts
 * import { tanh } from '@mapping-networks/runtime/canonical';
 * console.log(tanh(1)); // 0.7615941
 * ```
 */
export const tanh = (x: number): number => {
  const magnitude = x < 0 ? -x : x;
  if (magnitude < 0.1) {
    const z = x * x;
    return x * (1 + z * (-1 / 3 + z * (2 / 15 + z * (-17 / 315 + z * (62 / 2835 + z * (-1382 / 155925))))));
  }
  const e = exp(-2 * magnitude);
  const value = (1 - e) / (1 + e);
  return x < 0 ? -value : value;
};
