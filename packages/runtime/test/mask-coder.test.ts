// Masks as bytes: every mask comes back, in about as many bits as it has surprises, and no other bytes are taken. A second
// reader, made of the words of docs/guides/artifact.md and exact whole numbers of any length, reads the same.
import {
  biasSpec,
  decodeMask,
  encodeMask,
  kernelSpec,
  mostMaskBytes,
  normal,
  placeParameters,
  randomKey,
  type MaskSpace,
} from '@mapping-networks/runtime/canonical';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const weightsOf = (size: number, seed = 0): Float32Array => normal(randomKey(seed, 'weights'), size);

/** As the guide says it: fractions of a number with as many digits as it takes. */
const readByGuide = (
  bytes: Uint8Array,
  { parameters, size }: MaskSpace,
  theta: Float32Array | undefined,
): Uint8Array => {
  const [mode = 0, ...rest] = bytes;
  const [s, r] = [mode % 32, Math.floor(mode / 32)];
  let read = 4;
  const digit = (i: number): bigint => BigInt(rest[i] ?? 0);
  let code = [0, 1, 2, 3].reduce((sum, i) => 256n * sum + digit(i), 0n);
  let range = 1n << 32n;
  const counts = new Map<number, [ones: bigint, all: bigint]>();
  const mask = new Uint8Array(size);
  const view = theta && new DataView(theta.slice().buffer);
  for (const { offset, size: own, shape } of parameters) {
    const columns = shape.at(-1) ?? 1;
    const rowsOf = (row: number): Uint8Array =>
      mask.subarray(offset + row * columns, offset + (row + 1) * columns);
    for (let i = 0; i < own; i++) {
      const [row, column] = [Math.floor(i / columns), i % columns];
      let above = row - 1;
      while (above >= 0 && !rowsOf(above).includes(1)) above--;
      const over = (j: number): number => (above < 0 ? 0 : (rowsOf(above)[j] ?? 0));
      const before = Array.from({ length: column }, (_, j) => j).findLast((j) => over(j) === 1);
      const same = before === undefined ? 1 : (rowsOf(row)[before] ?? 0);
      const m = view ? Math.min(view.getUint32(4 * (offset + i), true) % 2 ** 31, 0x7f800000) : 0;
      const context = 4 * Math.floor(m / 2 ** s) + r * (2 * same + over(column));
      const [ones, all] = counts.get(context) ?? [0n, 0n];
      const part = (range * (2n * ones + 1n)) / (2n * all + 2n);
      const bit = code < part ? 1 : 0;
      if (bit === 1) range = part;
      else [code, range] = [code - part, range - part];
      for (; range < 1n << 24n; range *= 256n) code = 256n * code + digit(read++);
      mask[offset + i] = bit;
      const half = all + 1n === 256n ? 2n : 1n;
      counts.set(context, [(ones + BigInt(bit)) / half, (all + 1n) / half]);
    }
  }
  return mask;
};

const tensors = fc
  .array(
    fc.oneof(
      fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 })),
      fc.tuple(fc.integer({ min: 1, max: 40 })),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((shapes) =>
    placeParameters(
      shapes.map(([first, second], i) =>
        second === undefined ? biasSpec(`l${i}`, first) : kernelSpec(`l${i}`, [first, second]),
      ),
    ),
  );

/** Numbers of all magnitudes, with those that are none. */
const anyWeights = (size: number): fc.Arbitrary<Float32Array> =>
  fc
    .uint32Array({ minLength: size, maxLength: size })
    .map((bits) => new Float32Array(bits.buffer, bits.byteOffset, size));

const anything = tensors.chain((space) =>
  fc.tuple(
    fc.constant(space),
    fc.option(
      fc.oneof(
        anyWeights(space.size),
        fc.nat().map((seed) => weightsOf(space.size, seed)),
      ),
      {
        nil: undefined,
      },
    ),
    fc.array(fc.constantFrom(0, 1), { minLength: space.size, maxLength: space.size }),
  ),
);

test('the bytes of a mask, for readers in other languages', () => {
  const space = placeParameters([kernelSpec('fc', [4, 6]), biasSpec('fc', 6)]);
  const theta = weightsOf(30);
  const large = Uint8Array.from(theta, (value) => (Math.abs(value) > 0.8 ? 1 : 0));
  const third = Uint8Array.from(theta, (_, i) => (i % 3 === 0 ? 1 : 0));
  expect([...encodeMask(large, space, theta)]).toEqual([22, 234, 207, 1]);
  expect([...encodeMask(third, space, theta)]).toEqual([63, 116, 247, 85]);
  expect([...encodeMask(third, space)]).toEqual([63, 116, 247, 85]);
  expect([...encodeMask(third.fill(1), space, theta)]).toEqual([31]);
  expect([...encodeMask(third.fill(0), space, theta)]).toEqual([31, 230]);
});

test('any mask over any weights comes back, and the guide reads it, too', () => {
  fc.assert(
    fc.property(anything, ([space, theta, bits]) => {
      const kept = Uint8Array.from(bits);
      const bytes = encodeMask(kept, space, theta);
      expect(bytes.length).toBeLessThanOrEqual(mostMaskBytes(space.size));
      expect(decodeMask(bytes, space, theta)).toEqual(kept);
      expect(readByGuide(bytes, space, theta)).toEqual(kept);
    }),
    { numRuns: 300 },
  );
});

test('NaN counts as infinity, whatever its bits, and signs do not count', () => {
  const space = placeParameters([biasSpec('b', 8)]);
  const bits = Uint32Array.of(0x7fc00000, 0xffc00001, 0x7f800000, 0xff800000, 0, 1 << 31, 1, 0x80000001);
  const other = Uint32Array.of(0x7f800001, 0x7fffffff, 0xff800000, 0x7f800000, 1 << 31, 0, 0x80000001, 1);
  const kept = Uint8Array.of(1, 1, 1, 0, 0, 0, 1, 0);
  const bytes = encodeMask(kept, space, new Float32Array(bits.buffer));
  expect(decodeMask(bytes, space, new Float32Array(other.buffer))).toEqual(kept);
});

describe('what is taken', () => {
  const space = placeParameters([kernelSpec('fc', [2, 4])]);
  const ends = [[], ...Array.from({ length: 256 }, (_, byte) => [byte])];

  test('in each mode each mask has one form, among all strings of up to two bytes', () => {
    for (const mode of [31, 63]) {
      const masks = ends
        .flatMap((first) => (first.length === 0 ? [[]] : ends.map((second) => [...first, ...second])))
        .map((code) => decodeMask(Uint8Array.of(mode, ...code), space))
        .filter((mask) => mask !== undefined);
      expect(masks).toHaveLength(256);
      expect(new Set(masks.map((mask) => mask.join(''))).size).toBe(256);
    }
  });

  test('no form is shorter than the one that is written, and nothing may follow it', () => {
    fc.assert(
      fc.property(anything, fc.uint8Array({ minLength: 1, maxLength: 4 }), ([within, theta, bits], more) => {
        const bytes = encodeMask(Uint8Array.from(bits), within, theta);
        const zeros = Uint8Array.of(...bytes, 0);
        expect(decodeMask(zeros, within, theta)).toBeUndefined();
        const longer = decodeMask(Uint8Array.of(...bytes, ...more), within, theta);
        if (longer) expect([...longer]).not.toEqual(bits);
        const shorter = decodeMask(bytes.subarray(0, -1), within, theta);
        if (shorter) expect([...shorter]).not.toEqual(bits);
      }),
      { numRuns: 200 },
    );
  });

  test('what is read of any bytes is what another writer would have written of it in that mode', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), fc.uint8Array({ maxLength: 3 }), (mode, code) => {
        const kept = decodeMask(Uint8Array.of(mode, ...code), space);
        if (mode > 63 || mode % 32 < 16) expect(kept).toBeUndefined();
        if (!kept) return;
        expect(readByGuide(Uint8Array.of(mode, ...code), space, undefined)).toEqual(kept);
        expect(encodeMask(kept, space).length).toBeLessThanOrEqual(code.length + 1);
      }),
      { numRuns: 2000 },
    );
    expect(decodeMask(new Uint8Array(), space)).toBeUndefined();
  });
});

describe('bytes of masks of 120 by 100 weights and 100 biases', () => {
  const space = placeParameters([kernelSpec('fc', [120, 100]), biasSpec('fc', 100)]);
  const { size } = space;
  const theta = weightsOf(size);
  const dice = weightsOf(size, 1);
  const bytesOf = (kept: (i: number) => boolean, weights: Float32Array | undefined = theta): number =>
    encodeMask(
      Uint8Array.from(theta, (_, i) => (kept(i) ? 1 : 0)),
      space,
      weights,
    ).length;
  const entropy = (p: number): number => -(p * Math.log2(p) + (1 - p) * Math.log2(1 - p));

  test('chosen by nothing that is known: the entropy of the density, and 2 % and 16 bytes', () => {
    for (const limit of [0, 1, 1.645]) {
      const share = dice.filter((value) => Math.abs(value) > limit).length / size;
      const bound = share === 1 ? 0 : (size * entropy(share)) / 8;
      expect(bytesOf((i) => Math.abs(dice[i] ?? 0) > limit)).toBeLessThan(1.02 * bound + 16);
      expect(bytesOf((i) => Math.abs(dice[i] ?? 0) > limit, undefined)).toBeLessThan(1.02 * bound + 16);
    }
  });

  test('chosen by magnitude: a tenth of the entropy', () => {
    for (const limit of [0.6745, 1.645]) {
      const bytes = bytesOf((i) => Math.abs(theta[i] ?? 0) > limit);
      expect(bytes).toBeLessThan((0.1 * size * entropy(limit === 1.645 ? 0.1 : 0.5)) / 8);
    }
  });

  test('2:4 by magnitude along rows of inputs: less than the choices', () => {
    const rank = (i: number): number => {
      const [row, column] = [Math.floor(i / 100), i % 100];
      const four = [0, 1, 2, 3].map((k) => Math.abs(theta[(row - (row % 4) + k) * 100 + column] ?? 0));
      return four.filter((value) => value > (four[row % 4] ?? 0)).length;
    };
    expect(bytesOf((i) => i >= 12_000 || rank(i) < 2)).toBeLessThan((12_000 * Math.log2(6)) / 4 / 8);
  });

  test('whole rows and columns: a tenth of the bits', () => {
    const kept = (i: number): boolean =>
      i >= 12_000
        ? (dice[i % 100] ?? 0) > 0
        : (dice[i % 100] ?? 0) > 0 && (dice[200 + Math.floor(i / 100)] ?? 0) > 0;
    expect(bytesOf(kept)).toBeLessThan((0.1 * size) / 8);
    expect(bytesOf(kept, undefined)).toBe(bytesOf(kept));
  });

  test('everything, or nothing', () => {
    expect(bytesOf(() => true)).toBe(1);
    expect(bytesOf(() => false)).toBeLessThan(20);
  });
});
