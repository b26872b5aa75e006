// Pen strokes on a pixel grid. Each segment is a capsule whose radius runs from one end to the other; a pixel is inked
// by its distance to the nearest one, which gives anti-aliased edges.
import type { Polyline } from './curve.ts';

/** The pen: radius in pixels as a function of the position s ∈ [0, 1] along a curve, and the width of its soft edge. */
export interface Pen {
  readonly radius: (s: number) => number;
  readonly edge: number;
}

/** Draws the path over `canvas` (side × side, row-major, ink 0 … 1), keeping the darker of old and new ink. */
export const rasterize = (
  canvas: Float32Array,
  side: number,
  path: Polyline,
  { radius, edge }: Pen,
): void => {
  const spans = path.length / 2 - 1;
  const disc = (k: number): Disc => [path[2 * k] ?? 0, path[2 * k + 1] ?? 0, radius(k / spans)];
  for (let k = 0; k < spans; k++) capsule(canvas, side, edge, disc(k), disc(k + 1));
};

/** x, y and radius. */
type Disc = readonly [number, number, number];

const capsule = (canvas: Float32Array, side: number, edge: number, from: Disc, to: Disc): void => {
  const [ax, ay, ar] = from;
  const [bx, by, br] = to;
  const reach = Math.max(ar, br) + edge;
  const [dx, dy] = [bx - ax, by - ay];
  const length2 = dx * dx + dy * dy;
  const left = Math.max(0, Math.ceil(Math.min(ax, bx) - reach));
  const right = Math.min(side - 1, Math.floor(Math.max(ax, bx) + reach));
  const top = Math.max(0, Math.ceil(Math.min(ay, by) - reach));
  const bottom = Math.min(side - 1, Math.floor(Math.max(ay, by) + reach));
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const along = length2 > 0 ? ((x - ax) * dx + (y - ay) * dy) / length2 : 0;
      const t = Math.max(0, Math.min(1, along));
      const [ex, ey] = [x - ax - t * dx, y - ay - t * dy];
      const outside = Math.sqrt(ex * ex + ey * ey) - (ar + t * (br - ar));
      const ink = Math.max(0, Math.min(1, 0.5 - outside / (2 * edge)));
      const at = y * side + x;
      if (ink > (canvas[at] ?? 0)) canvas[at] = ink;
    }
  }
};
