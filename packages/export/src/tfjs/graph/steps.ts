// Weights on a grid as whole numbers: how many steps each is away from zero.
import { sizeOf, type WeightGrid } from '@mapping-networks/core';

/** weight = scale · (number − zeroPoint), for each slice along the axis. */
export interface Steps {
  readonly numbers: Int32Array;
  readonly scales: Float32Array;
  /** Absent where all are 0. */
  readonly zeroPoints?: Int32Array;
  readonly axis: number | undefined;
}

/** Of all weights. Zero points that differ stay: codes are bytes, steps from them need not be. */
export const allSteps = ({ codes, scales, zeroPoints, axis }: WeightGrid): Steps => {
  const [first = 0] = zeroPoints;
  return zeroPoints.every((point) => point === first)
    ? { numbers: Int32Array.from(codes, (code) => code - first), scales, axis }
    : { numbers: Int32Array.from(codes), scales, zeroPoints, axis };
};

/** Of the weights at these places; 0 for a place of −1. */
export const someSteps = (grid: WeightGrid, shape: readonly number[], places: Int32Array): Steps => {
  const { codes, scales, zeroPoints, axis } = grid;
  const run = axis === undefined ? 1 : sizeOf(shape.slice(axis + 1));
  const numbers = places.map((place) =>
    place < 0 ? 0 : (codes[place] ?? 0) - (zeroPoints[Math.floor(place / run) % zeroPoints.length] ?? 0),
  );
  return { numbers, scales, axis };
};
