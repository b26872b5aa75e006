// From pixels to what a network was trained on: its channels, its size (checked, never guessed), its normalisation.
import type { DataSummary } from '@mapping-networks/core';
import { wrongPictureSize } from './errors.ts';
import type { RawPicture } from './raw-picture.ts';

/** Luma of ITU-R BT.601, what "greyscale" means nearly everywhere. */
const grey = (red: number, green: number, blue: number): number => 0.299 * red + 0.587 * green + 0.114 * blue;

const valueAt = (
  { channels, pixels }: RawPicture,
  pixel: number,
  channel: number,
  wanted: number,
): number => {
  const at = (offset: number): number => pixels[pixel * channels + offset] ?? 0;
  if (channels === 1) return at(0);
  return wanted === 1 ? grey(at(0), at(1), at(2)) : at(channel);
};

/**
 * Inputs one after another, x = (raw / scale − mean) / std. With `invert`, raw is 255 − raw first.
 *
 * @throws CLI_WRONG_PICTURE_SIZE
 */
export const asInputs = (
  pictures: readonly RawPicture[],
  { inputShape, normalization }: Pick<DataSummary, 'inputShape' | 'normalization'>,
  invert: boolean,
): Float32Array => {
  const [height = 0, width = 0, wanted = 1] = inputShape;
  const { scale, mean, std } = normalization;
  const length = height * width * wanted;
  // Before anything is allocated: the sizes that a bundle claims are as large as it likes, those of pictures are real.
  for (const { name, height: high, width: wide } of pictures)
    if (high !== height || wide !== width) throw wrongPictureSize(name, [high, wide], [height, width]);
  const inputs = new Float32Array(pictures.length * length);
  pictures.forEach((picture, index) => {
    for (let i = 0; i < length; i += 1) {
      const raw = valueAt(picture, Math.floor(i / wanted), i % wanted, wanted);
      inputs[index * length + i] = ((invert ? 255 - raw : raw) / scale - mean) / std;
    }
  });
  return inputs;
};
