// Drawing without a pointer: a cross that arrow keys move, and a pen that the space bar puts down and lifts.
import { PEN_WIDTH, type Dot } from '../digit/stroke.ts';
import type { Drawing } from './drawing.ts';

/** Where the cross is, and whether the pen is down. */
export interface Cross {
  readonly x: number;
  readonly y: number;
  readonly down: boolean;
}

const STEP = 1 / 28;
const LEAP = 4;

const DIRECTIONS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * Lets the keyboard draw while the canvas has the focus; `moved` is told of the cross, which is there only while the
 * keyboard is in use, and `said` what to speak.
 */
export const drawByKeyboard = (
  canvas: HTMLCanvasElement,
  drawing: Drawing,
  moved: (cross?: Cross) => void,
  said: (words: string) => void,
): void => {
  let cross: Cross = { x: 0.5, y: 0.25, down: false };
  const dot = (): Dot => ({ x: cross.x, y: cross.y, width: PEN_WIDTH });
  const put = (next: Partial<Cross>): void => {
    cross = { ...cross, ...next };
    moved(cross);
  };
  const lift = (): void => {
    if (!cross.down) return;
    put({ down: false });
    said('Pen up');
  };
  const move = ([x, y]: readonly [number, number], steps: number): void => {
    put({ x: within(cross.x + x * steps * STEP), y: within(cross.y + y * steps * STEP) });
    if (cross.down) drawing.extend(dot());
  };
  const toggle = (): void => {
    if (cross.down) return lift();
    put({ down: true });
    drawing.begin(dot());
    said('Pen down');
  };
  canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = DIRECTIONS[event.key];
    if (direction) move(direction, event.shiftKey ? LEAP : 1);
    else if (event.key === ' ') toggle();
    else if (event.key === 'Backspace') undo();
    else if (event.key === 'Delete') clear();
    else return;
    event.preventDefault();
  });
  const undo = (): void => {
    lift();
    drawing.undo();
    said('Undone');
  };
  const clear = (): void => {
    lift();
    drawing.clear();
    said('Cleared');
  };
  const leave = (): void => {
    lift();
    moved();
  };
  // A pointer takes the pen over.
  canvas.addEventListener('pointerdown', leave, { capture: true });
  canvas.addEventListener('blur', leave);
  canvas.addEventListener('focus', () => {
    if (canvas.matches(':focus-visible')) moved(cross);
  });
};

const within = (value: number): number => Math.min(1, Math.max(0, value));
