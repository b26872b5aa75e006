// Lines to grey pixels: each pixel is the part of it that ink covers, counted on a grid of 4 × 4 points.
import type { Stroke } from './stroke.ts';

const FINE = 4;

/** Ink 0 … 1 of `side` × `side` pixels, row by row; strokes in units of a pixel. */
export const coverage = (strokes: readonly Stroke[], side: number): Float32Array => {
  const fine = side * FINE;
  const inked = new Uint8Array(fine * fine);
  for (const stroke of strokes) {
    for (const [i, to] of stroke.entries()) ink(inked, fine, stroke[i - 1] ?? to, to);
  }
  const pixels = new Float32Array(side * side);
  for (let y = 0; y < fine; y++) {
    for (let x = 0; x < fine; x++) {
      const pixel = Math.floor(y / FINE) * side + Math.floor(x / FINE);
      pixels[pixel] = (pixels[pixel] ?? 0) + (inked[y * fine + x] ?? 0) / (FINE * FINE);
    }
  }
  return pixels;
};

type End = Stroke[number];

/** Marks the points of the fine grid under one piece of a line, whose width goes from one end's to the other's. */
const ink = (inked: Uint8Array, fine: number, from: End, to: End): void => {
  const reach = Math.max(from.width, to.width) / 2;
  const first = (low: number): number => Math.max(0, Math.floor((low - reach) * FINE));
  const last = (high: number): number => Math.min(fine - 1, Math.ceil((high + reach) * FINE));
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const squared = dx * dx + dy * dy;
  for (let row = first(Math.min(from.y, to.y)); row <= last(Math.max(from.y, to.y)); row++) {
    for (let column = first(Math.min(from.x, to.x)); column <= last(Math.max(from.x, to.x)); column++) {
      const [x, y] = [(column + 0.5) / FINE - from.x, (row + 0.5) / FINE - from.y];
      const along = squared === 0 ? 0 : Math.min(1, Math.max(0, (x * dx + y * dy) / squared));
      const width = from.width + along * (to.width - from.width);
      if (Math.hypot(x - along * dx, y - along * dy) <= width / 2) inked[row * fine + column] = 1;
    }
  }
};
