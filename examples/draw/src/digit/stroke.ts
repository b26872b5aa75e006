// What is drawn, as geometry: independent of the size of the canvas and of its pixels.

/** One place of the pen. */
export interface Dot {
  /** From the left, 0 … 1 of the pad. */
  readonly x: number;
  /** From the top, 0 … 1 of the pad. */
  readonly y: number;
  /** Width of the line here, in the same unit. */
  readonly width: number;
}

/** From pen down to pen up; one dot is a point. */
export type Stroke = readonly Dot[];

/** Width of the line of a pen that knows no pressure, about that of a felt pen. */
export const PEN_WIDTH = 0.07;
