// Which elements meet: for each tap of a window and each of its positions, the element of the larger side that it
// reads; and back, for each element, the taps and positions that read it. Tables index rows of `[C·H·W, N]`; an index
// one past the end stands for zero.
import type { Window2d } from '../ir/window.ts';

/** Calls `visit` with each tap k, position l, and the element that it reads, where it lies inside. */
const forEachRead = (
  { size: [kh, kw], strides, dilations, padding, input: [h, w], output: [oh, ow] }: Window2d,
  visit: (tap: number, position: number, element: number) => void,
): void => {
  for (let tap = 0; tap < kh * kw; tap++) {
    const down = Math.floor(tap / kw) * dilations[0] - padding.top;
    const right = (tap % kw) * dilations[1] - padding.left;
    for (let position = 0; position < oh * ow; position++) {
      const row = Math.floor(position / ow) * strides[0] + down;
      const column = (position % ow) * strides[1] + right;
      if (row >= 0 && row < h && column >= 0 && column < w) visit(tap, position, row * w + column);
    }
  }
};

/** `[K, C, L]`: the row of `[C·H·W]` that tap k reads for position l in channel c. */
export const readTable = (window: Window2d, channels: number): Int32Array => {
  const { size, input, output } = window;
  const [taps, elements, positions] = [size[0] * size[1], input[0] * input[1], output[0] * output[1]];
  const table = new Int32Array(taps * channels * positions).fill(channels * elements);
  forEachRead(window, (tap, position, element) => {
    for (let c = 0; c < channels; c++) {
      table[(tap * channels + c) * positions + position] = c * elements + element;
    }
  });
  return table;
};

/**
 * `[R, C·H·W]`: the rows of `[K·C·L]` that read each element, R the most that read one; the rest of a column is
 * `K·C·L`, the row of zeros.
 */
export const readersTable = (window: Window2d, channels: number): { table: Int32Array; most: number } => {
  const { size, input, output } = window;
  const [taps, elements, positions] = [size[0] * size[1], input[0] * input[1], output[0] * output[1]];
  const readers: number[][] = Array.from({ length: elements }, () => []);
  forEachRead(window, (tap, position, element) =>
    readers[element]?.push(tap * channels * positions + position),
  );
  const most = readers.reduce((longest, { length }) => Math.max(longest, length), 1);
  const table = new Int32Array(most * channels * elements).fill(taps * channels * positions);
  readers.forEach((rows, element) => {
    rows.forEach((row, r) => {
      for (let c = 0; c < channels; c++) {
        table[(r * channels + c) * elements + element] = row + c * positions;
      }
    });
  });
  return { table, most };
};
