// A picture as it comes from a file, before any network has a say: one or three channels, 0 to 255.

export interface RawPicture {
  /** What output calls it: the path, or path#index within an IDX file. */
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** `[height, width, channels]`. */
  readonly pixels: Uint8Array;
}
