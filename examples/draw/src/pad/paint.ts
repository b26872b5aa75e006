// The drawing on the canvas, as sharp as the screen is.
import { colour, css } from '../page/colours.ts';
import type { Stroke } from '../digit/stroke.ts';
import type { Cross } from './keyboard.ts';

/** Draws all strokes, and the cross where there is one. */
export const paint = (canvas: HTMLCanvasElement, strokes: readonly Stroke[], cross?: Cross): void => {
  const side = Math.round(canvas.clientWidth * devicePixelRatio);
  if (side === 0) return;
  if (canvas.width !== side) canvas.width = canvas.height = side;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.clearRect(0, 0, side, side);
  context.strokeStyle = css(colour('ink'));
  context.lineCap = 'round';
  for (const stroke of strokes) {
    for (const [i, to] of stroke.entries()) {
      const from = stroke[i - 1] ?? to;
      context.lineWidth = ((from.width + to.width) / 2) * side;
      context.beginPath();
      context.moveTo(from.x * side, from.y * side);
      context.lineTo(to.x * side, to.y * side);
      context.stroke();
    }
  }
  if (cross) paintCross(context, cross, side);
};

const paintCross = (context: CanvasRenderingContext2D, { x, y, down }: Cross, side: number): void => {
  const arm = side / 28;
  context.strokeStyle = css(colour(down ? 'opposite' : 'accent'));
  context.lineWidth = Math.max(2, side / 160);
  context.beginPath();
  context.moveTo(x * side - arm, y * side);
  context.lineTo(x * side + arm, y * side);
  context.moveTo(x * side, y * side - arm);
  context.lineTo(x * side, y * side + arm);
  context.stroke();
};
