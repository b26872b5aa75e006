// The strokes of a drawing, and who wants to know of changes.
import type { Dot, Stroke } from '../digit/stroke.ts';

/** Strokes that can be added to and taken back. */
export interface Drawing {
  readonly strokes: readonly Stroke[];
  /** Begins a stroke. */
  begin(dot: Dot): void;
  /** Goes on with the stroke that was begun last. */
  extend(...dots: readonly Dot[]): void;
  /** Takes the last stroke away. */
  undo(): void;
  clear(): void;
}

/** An empty one; `changed` is called after each change. */
export const createDrawing = (changed: () => void): Drawing => {
  const strokes: Dot[][] = [];
  const after =
    <A extends readonly unknown[]>(change: (...args: A) => void) =>
    (...args: A): void => {
      change(...args);
      changed();
    };
  return {
    strokes,
    begin: after((dot: Dot) => void strokes.push([dot])),
    extend: after((...dots: readonly Dot[]) => void strokes.at(-1)?.push(...dots)),
    undo: after(() => void strokes.pop()),
    clear: after(() => void strokes.splice(0)),
  };
};
