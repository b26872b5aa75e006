// The shapes of a batch as a step sees them: inputs in the shape the target takes, labels by what the dataset gives.
import {
  float32,
  int32,
  sizeOf,
  type ArrayTensor,
  type Batch,
  type InputSpec,
  type Split,
  type Target,
} from '@mapping-networks/core';

/** Shape of one input and of one label, without the batch dimension, and the type of labels. */
export interface BatchSpec {
  readonly input: readonly number[];
  readonly label: readonly number[];
  readonly labelType: ArrayTensor['dtype'];
}

/** Learnt from one example of the split. Float labels take the target's output shape where it fits. */
export const batchSpecOf = (target: Target, split: Split): BatchSpec => {
  const { y } = split.batch([0]);
  const labelType = y instanceof Int32Array ? 'int32' : 'float32';
  const fits = labelType === 'float32' && y.length === sizeOf(target.outputShape);
  const label = fits ? target.outputShape : y.length === 1 ? [] : [y.length];
  return { input: target.inputShape, label, labelType };
};

/** The part of a signature that a batch of `size` fills. */
export const batchSignature = (spec: BatchSpec, size: number): Record<'batch.x' | 'batch.y', InputSpec> => ({
  'batch.x': { shape: [size, ...spec.input], dtype: 'float32' },
  'batch.y': { shape: [size, ...spec.label], dtype: spec.labelType },
});

/** A batch as the inputs of a step. */
export const batchInputs = (
  spec: BatchSpec,
  { size, x, y }: Batch,
): Record<'batch.x' | 'batch.y', ArrayTensor> => ({
  'batch.x': float32(x, [size, ...spec.input]),
  'batch.y': y instanceof Int32Array ? int32(y, [size, ...spec.label]) : float32(y, [size, ...spec.label]),
});
