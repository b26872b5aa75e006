// A drawing as MNIST would have it: fitted into 20 × 20 pixels with its proportions kept, grey at the edges, and placed
// in 28 × 28 with its centre of mass in the middle (LeCun et al. 1998).
import { coverage } from './coverage.ts';
import type { Stroke } from './stroke.ts';

export const SIDE = 28;
const BOX = 20;
/** Centres of mass in MNIST lie on the middle of pixel 14, counted from 0. */
const MIDDLE = 14.5;

/** Lines of MNIST are about this wide, in pixels: a small drawing would else be all blots, a large one all hairs. */
const THINNEST = 2.6;
const WIDEST = 3.2;

/** A mark smaller than this part of the pad is not made any larger: a dot stays a dot. */
const SMALLEST = 0.12;

/** Ink 0 … 1 of 28 × 28 pixels, row by row; all 0 where nothing is drawn. */
export const mnistImage = (strokes: readonly Stroke[]): Float32Array => {
  const fitted = fit(strokes.filter(({ length }) => length > 0));
  if (fitted.length === 0) return new Float32Array(SIDE * SIDE);
  const { x, y } = centreOfMass(coverage(fitted, SIDE));
  return coverage(moved(fitted, MIDDLE - x, MIDDLE - y), SIDE);
};

/** In pixels, with the box around the ink in the middle. */
const fit = (strokes: readonly Stroke[]): Stroke[] => {
  const dots = strokes.flat();
  if (dots.length === 0) return [];
  const [left, right] = extent(dots.map(({ x }) => x));
  const [top, bottom] = extent(dots.map(({ y }) => y));
  const size = Math.max(right - left, bottom - top);
  const pen = dots.reduce((sum, { width }) => sum + width, 0) / dots.length;
  const width = Math.min(WIDEST, Math.max(THINNEST, (BOX * pen) / (size + pen)));
  const scale = (BOX - width) / Math.max(size, SMALLEST);
  return strokes.map((stroke) =>
    stroke.map((dot) => ({
      x: SIDE / 2 + (dot.x - (left + right) / 2) * scale,
      y: SIDE / 2 + (dot.y - (top + bottom) / 2) * scale,
      width: (dot.width / pen) * width,
    })),
  );
};

const extent = (values: readonly number[]): [number, number] =>
  values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );

const moved = (strokes: readonly Stroke[], right: number, down: number): Stroke[] =>
  strokes.map((stroke) => stroke.map(({ x, y, width }) => ({ x: x + right, y: y + down, width })));

const centreOfMass = (pixels: Float32Array): { x: number; y: number } => {
  let [mass, x, y] = [0, 0, 0];
  for (const [i, ink] of pixels.entries()) {
    mass += ink;
    x += ink * ((i % SIDE) + 0.5);
    y += ink * (Math.floor(i / SIDE) + 0.5);
  }
  return mass === 0 ? { x: MIDDLE, y: MIDDLE } : { x: x / mass, y: y / mass };
};
