// Mouse, pen and finger. A pen's pressure makes the line wider; one pointer draws at a time.
import { PEN_WIDTH, type Dot } from '../digit/stroke.ts';
import type { Drawing } from './drawing.ts';

/** Lets pointers draw on the canvas. */
export const drawByPointer = (canvas: HTMLCanvasElement, drawing: Drawing): void => {
  let drawn: number | undefined;
  canvas.addEventListener('pointerdown', (event) => {
    if (drawn !== undefined || event.button !== 0) return;
    drawn = event.pointerId;
    canvas.setPointerCapture(event.pointerId);
    drawing.begin(dotOf(canvas, event));
  });
  canvas.addEventListener('pointermove', (event) => {
    if (event.pointerId !== drawn) return;
    const passed = event.getCoalescedEvents();
    drawing.extend(...(passed.length > 0 ? passed : [event]).map((each) => dotOf(canvas, each)));
  });
  for (const end of ['pointerup', 'pointercancel'] as const) {
    canvas.addEventListener(end, ({ pointerId }) => {
      if (pointerId === drawn) drawn = undefined;
    });
  }
};

const dotOf = (canvas: HTMLCanvasElement, { clientX, clientY, pointerType, pressure }: PointerEvent): Dot => {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const pressed = pointerType === 'pen' && pressure > 0 ? 0.5 + pressure : 1;
  return { x: (clientX - left) / width, y: (clientY - top) / height, width: PEN_WIDTH * pressed };
};
