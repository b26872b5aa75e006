// Which outputs of a strided convolution an input pixel took part in, along one axis. With q = i + pad,
// filter tap k reaches input i from output (q − k) / stride. Pixels with equal q mod stride share their taps.

/** One axis of a convolution seen from its input. */
export interface InputAxis {
  readonly inputs: number;
  readonly taps: number;
  readonly stride: number;
  readonly pad: number;
  /** Zeros that dy needs before and after, so that every (pixel, tap) of a phase finds an element. */
  readonly before: number;
  readonly after: number;
}

/** The pixels of one phase and the taps that reach them: output index = pixel.output − tap.back. */
export interface Phase {
  readonly pixels: readonly { readonly input: number; readonly output: number }[];
  readonly taps: readonly { readonly tap: number; readonly back: number }[];
}

export function inputAxis(
  inputs: number,
  outputs: number,
  taps: number,
  stride: number,
  pad: number,
): InputAxis {
  const first = Math.floor(pad / stride);
  const last = Math.floor((inputs - 1 + pad) / stride);
  const farthest = Math.floor((taps - 1) / stride);
  return {
    inputs,
    taps,
    stride,
    pad,
    before: Math.max(0, farthest - first),
    after: Math.max(0, last - (outputs - 1)),
  };
}

/** The phases of an axis; `output` already counts the zeros before dy. */
export function phases({ inputs, taps, stride, pad, before }: InputAxis): readonly Phase[] {
  const range = (length: number): number[] => Array.from({ length }, (_, index) => index);
  return range(stride).map((phase) => ({
    pixels: range(inputs)
      .filter((input) => (input + pad) % stride === phase)
      .map((input) => ({ input, output: Math.floor((input + pad) / stride) + before })),
    taps: range(taps)
      .filter((tap) => tap % stride === phase)
      .map((tap) => ({ tap, back: Math.floor(tap / stride) })),
  }));
}
