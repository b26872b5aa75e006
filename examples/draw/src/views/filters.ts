// The first layer as pictures: each filter of a convolution, each unit of a dense layer over the input.
import type { NumberArray } from '@mapping-networks/runtime';
import { byId } from '../page/by-id.ts';
import { make } from '../page/make.ts';
import { largest, paintPixels } from './pixels.ts';

/** Shows a kernel: `[height, width, 1, filters]`, or `[pixels, units]` for pictures of `side` pixels. */
export const showFilters = ({ shape, data }: NumberArray, side: number): void => {
  const [rows = 0, columns = 0] = shape.length === 4 ? shape : [side, side];
  const filters = shape.at(-1) ?? 0;
  const strongest = largest(data);
  const scale = rows > 8 ? 2 : 10;
  const tiles = Array.from({ length: filters }, (_, filter) => {
    const canvas = make('canvas', { className: 'pixels' });
    const value = (row: number, column: number): number =>
      data[(row * columns + column) * filters + filter] ?? 0;
    paintPixels(canvas, rows, columns, value, strongest);
    canvas.style.width = `${columns * scale}px`;
    canvas.style.height = `${rows * scale}px`;
    return canvas;
  });
  const holder = byId('filters', HTMLDivElement);
  holder.replaceChildren(...tiles);
  holder.setAttribute('role', 'img');
  holder.setAttribute('aria-label', `${filters} filters of ${rows} by ${columns} weights`);
  byId('filters-caption', HTMLElement).textContent =
    `The first layer: ${filters} filters, ${rows} × ${columns}. Blue adds, orange takes away.`;
};
