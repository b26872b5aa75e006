// What a layer needs beside its parameters: buffers that training updates, and masks that the trainer draws.
import {
  type BufferSpec,
  type MaskSpec,
  ACTIVATIONS,
  type NamedLayer,
  type Shape,
} from '@mapping-networks/core';
import { match, P } from 'ts-pattern';

/** The running statistics of a normalisation: mean 0 and variance 1 before training. */
export const buffersOf = (layer: NamedLayer, input: Shape): readonly BufferSpec[] =>
  match(layer)
    .with({ type: 'batchNorm' }, ({ name }) => {
      const shape = input.slice(-1);
      return [
        { name: `${name}.runningMean`, shape, initial: 0 },
        { name: `${name}.runningVariance`, shape, initial: 1 },
      ];
    })
    .with({ type: P.union('conv2d', 'dense', 'maxPool2d', 'avgPool2d', 'globalAvgPool2d') }, () => [])
    .with({ type: P.union('flatten', 'reshape', 'dropout', ...ACTIVATIONS) }, () => [])
    .exhaustive();

/** The mask of a dropout layer, in the shape of its input; none at rate 0. */
export const masksOf = (layer: NamedLayer, input: Shape): readonly MaskSpec[] =>
  match(layer)
    .with({ type: 'dropout' }, ({ name, rate }) =>
      rate > 0 ? [{ name: `${name}.mask`, shape: input, rate }] : [],
    )
    .with({ type: P.union('conv2d', 'dense', 'maxPool2d', 'avgPool2d', 'globalAvgPool2d') }, () => [])
    .with({ type: P.union('flatten', 'reshape', 'batchNorm', ...ACTIVATIONS) }, () => [])
    .exhaustive();
