// The canonical Hadamard map is fast and must not show it: the bits of the plainest loops that its format describes.
import {
  childKey,
  hadamard,
  normal,
  randomKey,
  signAt,
  signBits,
  subset,
  words,
} from '@mapping-networks/core';
import { expect, test } from 'vitest';
import { walshHadamard } from '@mapping-networks/runtime/canonical';

/** Butterflies of stride 1, 2, 4, …, each sum rounded. */
const plainTransform = (x: Float32Array): void => {
  for (let stride = 1; stride < x.length; stride *= 2) {
    for (let i = 0; i < x.length; i++) {
      if (i & stride) continue;
      const [low = 0, high = 0] = [x[i], x[i + stride]];
      x[i] = low + high;
      x[i + stride] = low - high;
    }
  }
};

/** Numbers of very different size, so that another order of additions rounds differently; a zero of either sign. */
const uneven = (count: number, seed: number): Float32Array => {
  const values = normal(randomKey(seed), count);
  words(randomKey(seed, 'size'), count).forEach((word, i) => {
    values[i] = (values[i] ?? 0) * 2 ** ((word % 40) - 20);
  });
  if (count > 4) values.set([0, -0], 2);
  return values;
};

const bits = (x: Float32Array): Uint32Array => new Uint32Array(x.buffer, x.byteOffset, x.length);

test.each([1, 2, 4, 8, 16, 32, 64, 2048, 4096])('the transform of %d numbers', (n) => {
  const [fast, plain] = [uneven(n, n), uneven(n, n)];
  walshHadamard(fast);
  plainTransform(plain);
  expect(bits(fast)).toEqual(bits(plain));
});

test.each([
  [1, 5],
  [3, 11],
  [37, 300],
  [64, 640],
  [100, 1000],
  [1500, 4500],
  [2072, 9000],
])('W z from %d to %d', (columns, rows) => {
  const key = randomKey(5, 'map');
  const z = uneven(columns, 7);
  const scale = Math.fround(1 / Math.sqrt(columns));
  const n = 2 ** Math.ceil(Math.log2(columns));
  const expected = new Float32Array(rows);
  for (let k = 0; k * n < rows; k++) {
    const block = childKey(key, 'block', k);
    const positions = subset(childKey(block, 'positions'), n, columns);
    const right = signBits(childKey(block, 'right'), columns);
    const left = signBits(childKey(block, 'left'), n);
    const x = new Float32Array(n);
    positions.forEach((position, i) => (x[position] = signAt(right, i) * (z[i] ?? 0)));
    plainTransform(x);
    x.forEach((value, i) => {
      if (k * n + i < rows) expected[k * n + i] = signAt(left, i) * value * scale;
    });
  }
  expect(bits(hadamard().impl.bind(rows, columns, key).project(z))).toEqual(bits(expected));
});

test('a subset of everything is everything', () => {
  expect([...subset(randomKey(1), 5, 5)]).toEqual([0, 1, 2, 3, 4]);
  expect([...subset(randomKey(1), 5, 0)]).toEqual([]);
});
