// Pictures of a dataset as PNG data URIs, so that a page carries them itself.
import { requireArgument, type DatasetInfo } from '@mapping-networks/core';
import { PNG } from 'pngjs';
import { requireNumbers } from './arguments.ts';
import { notAPicture } from './errors.ts';

/** 8-bit pixels in row-major order, one channel (grey) or three (red, green, blue). */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** `[height, width, channels]`, 0 to 255. */
  readonly pixels: Uint8Array;
}

/**
 * One input of a dataset as a picture: raw = (x · std + mean) · scale, rounded and clamped to 0…255.
 *
 * @throws REPORT_NOT_A_PICTURE when the inputs are not `[height, width, 1 or 3]`
 * @example
 * ```ts
 * import { pictureOf } from '@mapping-networks/report';
 * const picture = pictureOf(new Float32Array([-1, 0, 0, 1]), {
 *   inputShape: [2, 2, 1],
 *   normalization: { scale: 255, mean: 0.5, std: 0.5 },
 * });
 * console.log(picture.pixels); // Uint8Array [0, 128, 128, 255]
 * ```
 */
export const pictureOf = (
  x: Float32Array,
  info: Pick<DatasetInfo, 'inputShape' | 'normalization'>,
): Picture => {
  requireNumbers('pictureOf', 'x', x);
  requireArgument(
    Array.isArray(info?.inputShape) && typeof info.normalization === 'object',
    'pictureOf',
    'info',
    'an object with inputShape and normalization',
    info,
  );
  const { inputShape, normalization } = info;
  const [height, width, channels] = inputShape;
  if (height === undefined || width === undefined || (channels !== 1 && channels !== 3)) {
    throw notAPicture(inputShape);
  }
  const { scale, mean, std } = normalization;
  // A Uint8ClampedArray rounds and clamps as pictures need it.
  const pixels = Uint8ClampedArray.from(x, (value) => (value * std + mean) * scale);
  return { width, height, channels, pixels: new Uint8Array(pixels.buffer) };
};

/** A picture as `data:image/png;base64,…`. */
export const dataUri = ({ width, height, channels, pixels }: Picture): string => {
  const png = new PNG({ width, height });
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      png.data[pixel * 4 + channel] = pixels[pixel * channels + (channels === 3 ? channel : 0)] ?? 0;
    }
    png.data[pixel * 4 + 3] = 255;
  }
  const bytes = PNG.sync.write(png, { colorType: channels === 1 ? 0 : 2 });
  return `data:image/png;base64,${bytes.toString('base64')}`;
};
