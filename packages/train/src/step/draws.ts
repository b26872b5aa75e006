// Everything random in a run, by seed and place in the run, never by order of use: a run taken up at any step draws
// what it would have drawn.
import {
  float32,
  normal,
  permutation,
  randomKey,
  sizeOf,
  uniform,
  type ArrayTensor,
  type InputSpec,
  type MaskSpec,
  type RandomKey,
  type TensorSpec,
} from '@mapping-networks/core';

/** The order of `size` examples in an epoch (0 is the first): key ('train', 'order', epoch). */
export const epochOrder = (seed: number, epoch: number, size: number): Int32Array =>
  permutation(randomKey(seed, 'train', 'order', epoch), size);

/** The key of the augmentation of a batch: ('train', 'augment', epoch, position). */
export const augmentKey = (seed: number, epoch: number, position: number): RandomKey =>
  randomKey(seed, 'train', 'augment', epoch, position);

/** Standard normal noise for step `step` (0 is the first): key ('train', 'noise', step, name). */
export const drawNoise = (
  seed: number,
  step: number,
  specs: readonly TensorSpec[],
): Record<string, ArrayTensor> =>
  Object.fromEntries(
    specs.map(({ name, shape }) => {
      const data = normal(randomKey(seed, 'train', 'noise', step, name), sizeOf(shape));
      return [`noise.${name}`, float32(data, shape)];
    }),
  );

/** Dropout masks of a batch for step `step`: 0 with probability `rate`, else 1 / (1 − rate); ('train', 'mask', step, name). */
export const drawMasks = (
  seed: number,
  step: number,
  batchSize: number,
  specs: readonly MaskSpec[],
): Record<string, ArrayTensor> =>
  Object.fromEntries(
    specs.map(({ name, shape, rate }) => {
      const full = [batchSize, ...shape];
      const keep = 1 / (1 - rate);
      const data = uniform(randomKey(seed, 'train', 'mask', step, name), sizeOf(full));
      for (let i = 0; i < data.length; i++) data[i] = (data[i] ?? 0) < rate ? 0 : keep;
      return [`mask.${name}`, float32(data, full)];
    }),
  );

/** The part of the signature that noise and masks fill. */
export const drawSignature = (
  noise: readonly TensorSpec[],
  masks: readonly MaskSpec[],
  batchSize: number,
): Record<string, InputSpec> => ({
  ...Object.fromEntries(noise.map(({ name, shape }) => [`noise.${name}`, { shape, dtype: 'float32' }])),
  ...Object.fromEntries(
    masks.map(({ name, shape }) => [`mask.${name}`, { shape: [batchSize, ...shape], dtype: 'float32' }]),
  ),
});
