// PNG files as colour pictures. What is transparent shows black, which is the ground of the built-in datasets.
import { PNG } from 'pngjs';
import { notAPng } from './errors.ts';
import { pngProblem } from './check-png.ts';
import type { RawPicture } from './raw-picture.ts';

/** @throws CLI_NOT_A_PNG */
export const readPng = (bytes: Buffer, path: string): RawPicture => {
  const { width, height, data } = decode(bytes, path);
  const pixels = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const opacity = (data[pixel * 4 + 3] ?? 255) / 255;
    for (let channel = 0; channel < 3; channel += 1) {
      pixels[pixel * 3 + channel] = Math.round((data[pixel * 4 + channel] ?? 0) * opacity);
    }
  }
  return { name: path, width, height, channels: 3, pixels };
};

const decode = (bytes: Buffer, path: string): PNG => {
  const problem = pngProblem(bytes);
  if (problem !== undefined) throw notAPng(path, problem);
  try {
    return PNG.sync.read(bytes);
  } catch (cause) {
    throw notAPng(path, cause);
  }
};
