// The geometry of convolutions and pools over two spatial axes.

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
