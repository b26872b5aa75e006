// The pad: a drawing, its canvas, its buttons, and the ways to draw.
import { byId } from '../page/by-id.ts';
import type { Stroke } from '../digit/stroke.ts';
import { createDrawing } from './drawing.ts';
import { drawByKeyboard, type Cross } from './keyboard.ts';
import { paint } from './paint.ts';
import { drawByPointer } from './pointer.ts';

export interface Pad {
  /** Draws again, in the colours of now. */
  repaint(): void;
}

/** Starts the pad; `changed` gets the strokes after each change, `said` what a screen reader should speak. */
export const startPad = (
  changed: (strokes: readonly Stroke[]) => void,
  said: (words: string) => void,
): Pad => {
  const canvas = byId('pad', HTMLCanvasElement);
  let cross: Cross | undefined;
  const repaint = (): void => paint(canvas, drawing.strokes, cross);
  const drawing = createDrawing(() => {
    repaint();
    changed(drawing.strokes);
  });
  drawByPointer(canvas, drawing);
  drawByKeyboard(
    canvas,
    drawing,
    (place) => {
      cross = place;
      repaint();
    },
    said,
  );
  byId('undo', HTMLButtonElement).addEventListener('click', () => drawing.undo());
  byId('clear', HTMLButtonElement).addEventListener('click', () => drawing.clear());
  new ResizeObserver(repaint).observe(canvas);
  return { repaint };
};
