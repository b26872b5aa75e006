// Which parameters a layer has: kernel then bias, or gain then bias for a normalisation.
import {
  bias,
  gain,
  kernel,
  type ParameterSpec,
  ACTIVATIONS,
  type NamedLayer,
  type Shape,
} from '@mapping-networks/core';
import { match, P } from 'ts-pattern';

/** The parameters of a layer whose input has shape `input`, in the order of θ. */
export const parametersOf = (layer: NamedLayer, input: Shape): readonly ParameterSpec[] =>
  match(layer)
    .with({ type: 'conv2d' }, ({ name, kernelSize: side, filters, init, bias: biased = true }) => [
      kernel(name, [side, side, channelsOf(input), filters], init),
      ...(biased ? [bias(name, filters)] : []),
    ])
    .with({ type: 'dense' }, ({ name, units, init, bias: biased = true }) => [
      kernel(name, [channelsOf(input), units], init),
      ...(biased ? [bias(name, units)] : []),
    ])
    .with({ type: 'batchNorm' }, ({ name }) => [gain(name, channelsOf(input)), bias(name, channelsOf(input))])
    .with({ type: P.union('maxPool2d', 'avgPool2d', 'globalAvgPool2d') }, () => [])
    .with({ type: P.union('flatten', 'reshape', 'dropout', ...ACTIVATIONS) }, () => [])
    .exhaustive();

/** The last side: channels of an image, features of a vector. */
const channelsOf = (shape: Shape): number => shape.at(-1) ?? 1;
