// Images and filters have four axes; TensorFlow.js has checked that before any kernel runs.
import type { TensorInfo } from '@tensorflow/tfjs-core';

export function shape4D({ shape }: TensorInfo): [number, number, number, number] {
  const [a = 1, b = 1, c = 1, d = 1] = shape;
  return [a, b, c, d];
}
