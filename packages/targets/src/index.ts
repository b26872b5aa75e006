// Target networks: the built-in ones, and what makes one's own.
export { cnn1 } from './cnn1.ts';
export { cnn2 } from './cnn2.ts';
export { cnnBn, type CnnBnOptions } from './cnn-bn.ts';
export { defineTarget, type TargetDefinition, type TargetSchema } from './define-target.ts';
export { feedForward, type FeedForwardOptions } from './feed-forward.ts';
export type { ImageClassifierOptions } from './image-options.ts';
export {
  ACTIVATIONS,
  type ActivationName,
  type ActivationLayer,
  type BatchNormLayer,
  type Conv2dLayer,
  type DenseLayer,
  type DropoutLayer,
  type FlattenLayer,
  type GlobalAvgPool2dLayer,
  type Layer,
  type Padding,
  type Pool2dLayer,
  type ReshapeLayer,
  type Shape,
} from '@mapping-networks/core';
export { mlp, type MlpOptions } from './mlp.ts';
export { sequential, type SequentialOptions } from './sequential.ts';
