// What each layer makes of the drawing: maps of a convolution side by side, a strip for layers without a place.
import { byId } from '../page/by-id.ts';
import { make } from '../page/make.ts';
import { largest, paintPixels } from './pixels.ts';
import type { Seen } from '../network/handed-on.ts';

/** Width of what is shown, in pixels of the page, where there is room. */
const WIDE = 900;

/** Shows every layer that has numbers of its own; the same canvases are painted again for the next drawing. */
export const showActivations = (layers: readonly Seen[]): void => {
  const holder = byId('activations', HTMLDivElement);
  const names = layers.map(({ name }) => name).join();
  if (holder.dataset['layers'] !== names) {
    holder.replaceChildren(...layers.map(frame));
    holder.dataset['layers'] = names;
  }
  const canvases = holder.querySelectorAll('canvas');
  for (const [i, layer] of layers.entries()) {
    const canvas = canvases[i];
    if (canvas) paintLayer(canvas, layer);
  }
};

const frame = ({ name, shape }: Seen): HTMLElement => {
  const label = `${name}: ${shape.join(' × ')}`;
  const canvas = make('canvas', { className: 'pixels' });
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', label);
  return make('figure', {}, canvas, make('figcaption', {}, label));
};

const paintLayer = (canvas: HTMLCanvasElement, { shape, data }: Seen): void => {
  const [height = 1, width = 1, maps = 1] = shape.length === 3 ? shape : [1, 1, data.length];
  const across = shape.length === 3 ? beside(maps) : Math.min(maps, 64);
  const down = Math.ceil(maps / across);
  // One empty pixel between maps; none between single numbers.
  const gap = width > 1 ? 1 : 0;
  const strongest = largest(data);
  const value = (row: number, column: number): number => {
    const [y, x] = [row % (height + gap), column % (width + gap)];
    const map = Math.floor(row / (height + gap)) * across + Math.floor(column / (width + gap));
    return y < height && x < width && map < maps ? (data[(y * width + x) * maps + map] ?? 0) : 0;
  };
  const [rows, columns] = [down * (height + gap) - gap, across * (width + gap) - gap];
  paintPixels(canvas, rows, columns, value, strongest);
  canvas.style.width = `${columns * Math.max(1, Math.floor((shape.length === 3 ? WIDE : WIDE / 2) / columns))}px`;
};

/** How many maps stand side by side: four times as many as rows, on a phone about as many. */
const beside = (maps: number): number =>
  Math.min(maps, 2 ** Math.ceil(Math.log2(Math.sqrt(maps * (innerWidth < 600 ? 1 : 4)))));
