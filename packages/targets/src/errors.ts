// Every error that `targets` throws, one function each.
import {
  describeIssues,
  MappingNetworksError,
  shown as shownValue,
  type OptionIssue,
  ACTIVATIONS,
  type ActivationName,
  type Layer,
  type NamedLayer,
  type Shape,
} from '@mapping-networks/core';

const error = (code: string, problem: string, remedy: string): MappingNetworksError =>
  new MappingNetworksError({ code: `TARGETS_${code}`, problem, remedy });

const LAYER_TYPES: readonly Exclude<Layer['type'], ActivationName>[] = [
  'conv2d',
  'dense',
  'maxPool2d',
  'avgPool2d',
  'globalAvgPool2d',
  'flatten',
  'reshape',
  'batchNorm',
  'dropout',
];

const titled = ({ type, name }: NamedLayer): string => `Layer '${name}' (${type})`;

const shown = (shape: Shape): string => `[${shape.join(', ')}]`;

/** When an option of a layer is missing, out of its range, or none of that layer. */
export const invalidLayer = (layer: NamedLayer, issues: readonly OptionIssue[]): MappingNetworksError => {
  const { problem, remedy } = describeIssues(issues, (path) => `${titled(layer)}, option '${path}'`);
  return error('INVALID_LAYER', problem, remedy);
};

export const unknownLayer = (received: unknown): MappingNetworksError =>
  error(
    'UNKNOWN_LAYER',
    `Expected a layer, got ${received === undefined ? 'nothing' : shownValue(received)}.`,
    `Write an object such as { type: 'dense', units: 10 }; the types are ${[...LAYER_TYPES, ...ACTIVATIONS].join(', ')}.`,
  );

export const invalidLayerName = (name: string): MappingNetworksError =>
  error(
    'LAYER_NAME',
    `Expected the name of a layer to be new and not empty, got '${name}'.`,
    'Give every layer a name of its own, or none: then it is numbered.',
  );

/** When a layer cannot take the shape that the layer before it gives. */
export const layerInputRank = (layer: NamedLayer, expected: string, received: Shape): MappingNetworksError =>
  error(
    'LAYER_INPUT',
    `${titled(layer)} expects ${expected}, got shape ${shown(received)}.`,
    layer.type === 'dense'
      ? 'Put a flatten layer before it.'
      : 'Put a reshape layer before it, or change the input.',
  );

/** When an unpadded window is larger than its image. */
export const windowTooLarge = (layer: NamedLayer, window: number, received: Shape): MappingNetworksError =>
  error(
    'WINDOW_TOO_LARGE',
    `${titled(layer)} has a window of ${window}×${window}, its input is only ${shown(received)}.`,
    `Use a smaller window, padding: 'same', or fewer pools before it.`,
  );

export const reshapeSize = (layer: NamedLayer, from: Shape, to: Shape): MappingNetworksError =>
  error(
    'RESHAPE_SIZE',
    `${titled(layer)} cannot turn shape ${shown(from)} into ${shown(to)}: the number of elements differs.`,
    'Choose a shape with as many elements as its input.',
  );

export const invalidInputShape = (received: unknown): MappingNetworksError =>
  error(
    'INPUT_SHAPE',
    `Expected an input shape of whole numbers of 1 to 1,000,000, got ${received === undefined ? 'nothing' : shownValue(received)}.`,
    'Leave the batch dimension out: [28, 28, 1] for grey images.',
  );

/** When `apply` gets a batch of another shape than the target was made for. */
export const batchShape = (expected: Shape, received: Shape): MappingNetworksError =>
  error(
    'BATCH_SHAPE',
    `Expected a batch of shape [batch, ${expected.join(', ')}], got ${shown(received)}.`,
    'Pass data of the shape that the target was made for, or set its inputShape.',
  );

/** When `apply` gets too few parameters, buffers or masks. */
export const missingTensor = (kind: 'parameter' | 'buffer' | 'mask', name: string): MappingNetworksError =>
  error(
    'MISSING_TENSOR',
    `The target needs the ${kind} '${name}', but no tensor of that name was given.`,
    kind === 'mask'
      ? 'Draw every mask that the target lists when training is true.'
      : `Pass all ${kind}s of the target.`,
  );
