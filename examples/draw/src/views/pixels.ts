// Numbers as pixels of a small canvas; style sheets enlarge it. Above 0 one colour, below it another, 0 is paper.
import { colour } from '../page/colours.ts';

const CHANNELS = [0, 1, 2] as const;

/** `rows` × `columns` numbers, `strongest` in full colour. */
export const paintPixels = (
  canvas: HTMLCanvasElement,
  rows: number,
  columns: number,
  value: (row: number, column: number) => number,
  strongest: number,
): void => {
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext('2d');
  if (!context) return;
  const image = context.createImageData(columns, rows);
  const [zero, above, below] = [colour('paper'), colour('accent'), colour('opposite')];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const part = strongest === 0 ? 0 : value(row, column) / strongest;
      const share = Math.min(1, Math.abs(part));
      const full = part < 0 ? below : above;
      const pixel = (row * columns + column) * 4;
      for (const i of CHANNELS) image.data[pixel + i] = zero[i] + share * (full[i] - zero[i]);
      image.data[pixel + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
};

/** The largest size of a number, sign aside. */
export const largest = (data: Iterable<number>): number => {
  let most = 0;
  for (const value of data) most = Math.max(most, Math.abs(value));
  return most;
};
