// The geometry of convolutions and pools over two spatial axes.
import { sameShape } from './same-shape.ts';

/** Windows of `height` × `width` (dilated) elements, moved by strides over an input padded with so many rows and columns. */
export interface Window2d {
  readonly size: readonly [height: number, width: number];
  readonly strides: readonly [vertical: number, horizontal: number];
  readonly dilations: readonly [vertical: number, horizontal: number];
  /** Rows and columns of padding. */
  readonly padding: {
    readonly top: number;
    readonly bottom: number;
    readonly left: number;
    readonly right: number;
  };
  /** Height and width of the larger side: what convolutions and pools read. */
  readonly input: readonly [height: number, width: number];
  /** Height and width of the smaller side: one for each position of the window. */
  readonly output: readonly [height: number, width: number];
}

/** Whether two windows are the same in all that they say. */
export const sameWindow = (a: Window2d, b: Window2d): boolean =>
  sameShape(a.size, b.size) &&
  sameShape(a.strides, b.strides) &&
  sameShape(a.dilations, b.dilations) &&
  sameShape(sidesOf(a.padding), sidesOf(b.padding)) &&
  sameShape(a.input, b.input) &&
  sameShape(a.output, b.output);

const sidesOf = ({ top, bottom, left, right }: Window2d['padding']): readonly number[] => [
  top,
  bottom,
  left,
  right,
];
