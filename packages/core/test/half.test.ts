// Half precision against arithmetic that knows nothing of bits: each pattern by its formula, and rounding by a search
// through all numbers that there are.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeHalf, encodeHalf, type HalfType } from '@mapping-networks/core';

const PATTERNS = Uint16Array.from({ length: 65_536 }, (_, i) => i);

const FORMATS = [
  { type: 'float16', exponentBits: 5, fractionBits: 10 },
  { type: 'bfloat16', exponentBits: 8, fractionBits: 7 },
] as const;

/** What IEEE 754 says of a pattern. */
const meaning = (pattern: number, exponentBits: number, fractionBits: number): number => {
  const sign = pattern & 0x8000 ? -1 : 1;
  const exponent = (pattern & 0x7fff) >> fractionBits;
  const fraction = (pattern & (2 ** fractionBits - 1)) / 2 ** fractionBits;
  const bias = 2 ** (exponentBits - 1) - 1;
  if (exponent === 2 ** exponentBits - 1) return fraction === 0 ? sign * Infinity : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** (1 - bias) : sign * (1 + fraction) * 2 ** (exponent - bias);
};

/** The non-negative finite numbers of a format, rising, and what stands for infinity: the next one if there were more. */
const ladder = (exponentBits: number, fractionBits: number): number[] => {
  const infinite = (2 ** exponentBits - 1) * 2 ** fractionBits;
  const finite = Array.from({ length: infinite }, (_, i) => meaning(i, exponentBits, fractionBits));
  return [...finite, 2 ** (2 ** (exponentBits - 1))];
};

const nearestBySearch = (steps: readonly number[], x: number): number => {
  let [low, high] = [0, steps.length - 1];
  if (x >= (steps[high] ?? 0)) return high;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((steps[middle] ?? 0) <= x) low = middle;
    else high = middle;
  }
  const [below, above] = [x - (steps[low] ?? 0), (steps[high] ?? 0) - x];
  if (below !== above) return below < above ? low : high;
  return low % 2 === 0 ? low : high;
};

describe.each(FORMATS)('$type', ({ type, exponentBits, fractionBits }) => {
  it('gives every one of 65,536 patterns its meaning, and takes it back', () => {
    const values = decodeHalf(type, PATTERNS);
    const expected = Float32Array.from(PATTERNS, (pattern) => meaning(pattern, exponentBits, fractionBits));
    expect(values.findIndex((value, i) => !Object.is(value, expected[i]))).toBe(-1);
    const again = encodeHalf(type, values);
    const differs = (bits: number, i: number): boolean =>
      bits !== PATTERNS[i] &&
      !(Number.isNaN(values[i]) && Number.isNaN(decodeHalf(type, Uint16Array.of(bits))[0]));
    expect(again.findIndex(differs)).toBe(-1);
  });

  it('rounds every half-way point to even, and its neighbours to their sides', () => {
    const steps = ladder(exponentBits, fractionBits);
    const middles = Float32Array.from(steps.slice(1), (above, i) => (above + (steps[i] ?? 0)) / 2);
    const words = new Uint32Array(middles.buffer);
    for (const shift of [-1, 0, 1]) {
      const moved = new Float32Array(words.map((word) => Math.max(0, word + shift)).buffer);
      const wrong = encodeHalf(type, moved).findIndex(
        (bits, i) => bits !== nearestBySearch(steps, moved[i] ?? 0),
      );
      expect(wrong).toBe(-1);
    }
  });

  it('is the nearest number for any float32, of either sign', () => {
    const steps = ladder(exponentBits, fractionBits);
    fc.assert(
      fc.property(fc.float({ noNaN: true }), (x) => {
        const expected = nearestBySearch(steps, Math.abs(x)) | (x < 0 || Object.is(x, -0) ? 0x8000 : 0);
        return encodeHalf(type, Float32Array.of(x))[0] === expected;
      }),
      { numRuns: 2000 },
    );
  });
});

describe('NaN', () => {
  it('stays NaN where its payload lies in the bits that are cut off', () => {
    const payload = new Float32Array(Uint32Array.of(0x7f800001, 0xff800001).buffer);
    for (const { type } of FORMATS)
      expect([...decodeHalf(type, encodeHalf(type, payload))]).toEqual([NaN, NaN]);
  });
});

describe('arguments', () => {
  it('are checked', () => {
    const other = 'float8' as HalfType;
    expect(() => encodeHalf(other, new Float32Array(1))).toThrow(/'float16' or 'bfloat16'/);
    expect(() => decodeHalf('float16', [1] as never)).toThrow(/a Uint16Array/);
  });
});
