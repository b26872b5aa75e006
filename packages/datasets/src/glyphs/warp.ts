// What makes two people's digits differ in shape: an elastic free-form deformation (Sederberg & Parry 1986) by a
// lattice of random displacements, then an affine map into the pixel grid. Only + − × ÷, so that bits agree everywhere.
import type { Polyline } from './curve.ts';

/** Lattice points a side. The outer ring lies outside the unit square, as a cubic B-spline needs. */
export const LATTICE = 6;

export interface Affine {
  /** Width and height of the unit square in pixels. */
  readonly width: number;
  readonly height: number;
  /** Half the angle of rotation, as a tangent: the rotation is ((1 − t²) / (1 + t²), 2t / (1 + t²)), no sine needed. */
  readonly halfTurn: number;
  /** Horizontal displacement per unit of height. */
  readonly slant: number;
  /** Where the centre of the unit square comes to lie, in pixels. */
  readonly centre: readonly [number, number];
}

/**
 * The path after deformation and affine map. `displacements` holds LATTICE × LATTICE pairs (x, y) in units of the
 * square.
 */
export const warp = (path: Polyline, displacements: ArrayLike<number>, affine: Affine): Polyline => {
  const { width, height, halfTurn: t, slant, centre } = affine;
  const cos = (1 - t * t) / (1 + t * t);
  const sin = (2 * t) / (1 + t * t);
  const out = new Float64Array(path.length);
  for (let k = 0; k < path.length; k += 2) {
    const x = path[k] ?? 0;
    const y = path[k + 1] ?? 0;
    const u = (x + spline(displacements, x, y, 0) - 0.5) * width;
    const v = (y + spline(displacements, x, y, 1) - 0.5) * height;
    const slanted = u - slant * v;
    out[k] = centre[0] + cos * slanted - sin * v;
    out[k + 1] = centre[1] + sin * slanted + cos * v;
  }
  return out;
};

/** The uniform bicubic B-spline through the lattice at (x, y), component `axis`. */
const spline = (lattice: ArrayLike<number>, x: number, y: number, axis: number): number => {
  const spans = LATTICE - 3;
  const column = Math.max(0, Math.min(spans - 1, Math.floor(x * spans)));
  const row = Math.max(0, Math.min(spans - 1, Math.floor(y * spans)));
  const across = weights(x * spans - column);
  const down = weights(y * spans - row);
  let sum = 0;
  for (let i = 0; i < 4; i++) {
    for (let j = 0; j < 4; j++) {
      sum +=
        (down[i] ?? 0) * (across[j] ?? 0) * (lattice[2 * ((row + i) * LATTICE + column + j) + axis] ?? 0);
    }
  }
  return sum;
};

/** The four weights of the cubic B-spline at t ∈ [0, 1]. */
const weights = (t: number): readonly number[] => {
  const s = 1 - t;
  return [
    (s * s * s) / 6,
    (3 * t * t * t - 6 * t * t + 4) / 6,
    (3 * s * s * s - 6 * s * s + 4) / 6,
    (t * t * t) / 6,
  ];
};
