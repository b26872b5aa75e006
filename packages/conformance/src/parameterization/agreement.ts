// How far the tensors of a map may be from its canonical numbers: 1e-5, and a grid step for the few values that lie so
// near to a boundary of their grid that float32 decides to which side they go.
import type { NamedArrays, ParameterMap } from '@mapping-networks/core';
import { expectShape, magnitude } from '../checks/arrays.ts';
import { expectCloseArrays } from '../checks/named.ts';
import { aboveLimit } from '../errors.ts';

const TOLERANCE = 1e-5;

/** The part of all values that may go to the other side. */
const MOST_ASTRAY = 0.01;

export const expectAgreement = (map: ParameterMap, received: NamedArrays, expected: NamedArrays): void => {
  const { rounding } = map;
  if (rounding === undefined) {
    expectCloseArrays('materialize', received, expected, TOLERANCE);
    return;
  }
  expectCloseArrays('materialize', received, expected, TOLERANCE + rounding);
  let astray = 0;
  for (const [name, { shape, data }] of Object.entries(expected)) {
    const other = received[name];
    expectShape(`materialize '${name}'`, other?.shape ?? [], shape);
    const tolerance = TOLERANCE * Math.max(magnitude(data), 1e-6);
    astray += data.filter((value, i) => !(Math.abs((other?.data[i] ?? 0) - value) <= tolerance)).length;
  }
  const most = Math.max(1, MOST_ASTRAY * map.space.size);
  if (astray > most)
    throw aboveLimit('values that materialize rounds otherwise than generate', most, astray, SAME);
};

const SAME = 'Compute both from the same formula: the same grid, the same rounding of halves.';
