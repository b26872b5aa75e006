// Windows over images [height, width, channels], as TensorFlow.js lays them.
import type { PlacedLayer } from './kind.ts';
import type { Padding, Shape } from './layer.ts';

/** The shape after a window: `same` pads to ⌈side / stride⌉, `valid` does not pad. Undefined where it does not fit. */
export const slid = (
  input: Shape,
  size: number,
  strides: number,
  padding: Padding | undefined,
  channels: number,
): Shape | undefined => {
  const places = input
    .slice(0, 2)
    .map((side) => Math.ceil((padding === 'same' ? side : side - size + 1) / strides));
  return input.length === 3 && places.every((count) => count > 0) ? [...places, channels] : undefined;
};

/** Calls `visit` for each pixel inside the image under each place of a window: the place, the pixel, and its tap; then `finish`. */
export const slide = (
  { input, output }: PlacedLayer,
  size: number,
  strides: number,
  visit: (place: number, pixel: number, tap: number) => void,
  finish?: (place: number) => void,
): void => {
  const [height, width] = input as readonly [number, number];
  const [rows, columns] = output as readonly [number, number];
  // Padding is shared by both ends, the larger half at the far one; without padding the windows fit.
  const before = (side: number, places: number): number =>
    Math.max(0, ((places - 1) * strides + size - side) >> 1);
  for (let place = 0; place < rows * columns; place++) {
    const top = Math.floor(place / columns) * strides - before(height, rows);
    const left = (place % columns) * strides - before(width, columns);
    for (let tap = 0; tap < size * size; tap++) {
      const row = top + Math.floor(tap / size);
      const column = left + (tap % size);
      if (row >= 0 && row < height && column >= 0 && column < width) visit(place, row * width + column, tap);
    }
    finish?.(place);
  }
};
