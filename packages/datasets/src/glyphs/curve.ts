// From the few points of a skeleton to a fine polyline: Catmull and Rom's interpolating cubic (1974), which runs
// through every point and needs only sums and products.
import type { Curve, Skeleton } from './skeletons.ts';

/** A pen path as x0, y0, x1, y1, … with equal parameter steps. */
export type Polyline = Float64Array;

/** Line segments per pair of neighbouring points. */
const STEPS = 4;

/** The polylines of a skeleton, one for each of its curves. */
export const polylines = (skeleton: Skeleton): readonly Polyline[] => skeleton.map(polyline);

const polyline = (curve: Curve): Polyline => {
  const spans = curve.length - 1;
  const out = new Float64Array(2 * (spans * STEPS + 1));
  for (let axis = 0; axis < 2; axis++) {
    for (let k = 0; k <= spans * STEPS; k++) {
      const span = Math.min(Math.floor(k / STEPS), spans - 1);
      out[2 * k + axis] = interpolate(curve, axis, span, k / STEPS - span);
    }
  }
  return out;
};

/** Coordinate `axis` at parameter t ∈ [0, 1] between points `span` and `span + 1`; the ends repeat. */
const interpolate = (curve: Curve, axis: number, span: number, t: number): number => {
  const at = (i: number): number => curve[Math.max(0, Math.min(curve.length - 1, i))]?.[axis] ?? 0;
  const [a, b, c, d] = [at(span - 1), at(span), at(span + 1), at(span + 2)];
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
};
