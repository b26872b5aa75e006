// Hints at what the constants of a map are drawn of: whoever draws it has those constants.
import {
  bias,
  childKey,
  dense,
  direct,
  kernel,
  mapping,
  oneHot,
  parameterSpace,
  signBits,
  subset,
  type Part,
  type RandomRows,
} from '@mapping-networks/core';
import { bitAt } from '@mapping-networks/runtime/canonical';
import { describe, expect, test } from 'vitest';

const space = parameterSpace([kernel('a', [40, 30]), bias('a', 30), kernel('b', [30, 10])]);
const bind = (parameterization: Part<'parameterization'>) => parameterization.impl.bind(space);

/** A row as bits, or as the members of a subset. */
const drawn = ({ key, name, length, chosen }: RandomRows, k: number): readonly number[] => {
  const own = childKey(key, k, name);
  if (chosen !== undefined) return [...subset(own, length, chosen)];
  const bits = signBits(own, length);
  return Array.from({ length }, (_, i) => bitAt(bits, i));
};

describe('random rows of a hadamard map', () => {
  const map = bind(mapping({ latentDim: 50, seed: 3 }));
  const [right, left, positions] = map.randomRows?.() ?? [];
  const { 'projection/left': signs, 'projection/spread': spread } = map.frozen();

  test('are the signs of its rows', () => {
    const bits = Array.from({ length: left?.rows ?? 0 }, (_, k) => drawn(left as RandomRows, k)).flat();
    expect(bits.slice(0, space.size).map((bit) => (bit === 1 ? -1 : 1))).toEqual(
      Array.from(signs?.data ?? [], Math.sign),
    );
  });

  test('are the places and signs of latent coordinates', () => {
    for (let k = 0; k < (positions?.rows ?? 0); k++) {
      const members = drawn(positions as RandomRows, k);
      const bits = drawn(right as RandomRows, k);
      // Blocks of 64 are stored as 8 × 8, turned.
      const places = members.map((at) => spread?.data[k * 64 + (at % 8) * 8 + Math.floor(at / 8)]);
      expect(places).toEqual(bits.map((bit, i) => i + 50 * bit));
    }
  });
});

test.each([
  ['one latent', mapping({ latentDim: 50 }), 3],
  ['full blocks have no places', mapping({ latentDim: 64 }), 2],
  ['a latent for each layer', mapping({ latentDim: 100, strategy: 'layerwise' }), 6],
  ['modulation by a second map', mapping({ latentDim: 50, modulation: 'linear' }), 6],
  ['indices', mapping({ latentDim: 50, projection: oneHot() }), 0],
  ['a stored matrix', mapping({ latentDim: 5, projection: dense() }), 0],
  ['no map', direct(), 0],
])('random rows: %s', (_, parameterization, count) => {
  const rows = bind(parameterization).randomRows?.() ?? [];
  expect(rows.length).toBe(count);
  expect(new Set(rows.map(({ key, name }) => JSON.stringify([key, name]))).size).toBe(count);
});
