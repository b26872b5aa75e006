// A target from a list of layers: names, shapes, parameters, buffers and masks follow from the list.
import {
  parameterSpace,
  requireArgument,
  sizeOf,
  type Target,
  type Layer,
  type NamedLayer,
  type Shape,
} from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { batchShape, invalidInputShape } from './errors.ts';
import { layerFunction } from './layer-function.ts';
import { checkLayer } from './layer-schema.ts';
import { nameLayers } from './layer-name.ts';
import { outputShapeOf } from './output-shape.ts';
import { parametersOf } from './parameters-of.ts';
import { buffersOf, masksOf } from './state-of.ts';

/** What `sequential` builds a target from. Plain data; errors name the layer and the option. */
export interface SequentialOptions {
  /** Shape of one input, without the batch dimension: `[height, width, channels]` for images. */
  readonly input: Shape;
  /** From input to output. Plain data; see `Layer`. */
  readonly layers: readonly Layer[];
}

/**
 * A target that applies layers one after the other. Shapes are inferred; parameters stand in the order of the
 * layers, in each the kernel (or gain) before the bias. A classifier ends in a dense layer: its outputs are logits.
 *
 * @throws TARGETS_INPUT_SHAPE, TARGETS_LAYER_NAME, TARGETS_UNKNOWN_LAYER, TARGETS_INVALID_LAYER, TARGETS_LAYER_INPUT,
 * TARGETS_WINDOW_TOO_LARGE, TARGETS_RESHAPE_SIZE when the list does not fit together, each naming the layer; `apply`
 * throws TARGETS_BATCH_SHAPE and TARGETS_MISSING_TENSOR
 * @example
 * ```ts
 * import { sequential } from '@mapping-networks/targets';
 * const target = sequential({
 *   input: [28, 28, 1],
 *   layers: [
 *     { type: 'conv2d', name: 'conv', filters: 8, kernelSize: 3, padding: 'same' },
 *     { type: 'relu' },
 *     { type: 'maxPool2d', poolSize: 4 },
 *     { type: 'flatten' },
 *     { type: 'dense', name: 'fc', units: 10 },
 *   ],
 * });
 * console.log(target.parameters.size, target.outputShape); // 4010 [10]
 * ```
 */
export const sequential = (options: SequentialOptions): Target => {
  requireArgument(
    typeof options === 'object' && options !== null,
    'sequential',
    'options',
    'an object with input and layers',
    options,
  );
  const { input, layers } = options;
  const inputShape = checkedInput(input);
  const { placed, outputShape } = place(nameLayers(layers), inputShape);
  const functions = placed.map(({ layer }) => layerFunction(layer));
  const buffers = placed.flatMap(({ layer, before }) => buffersOf(layer, before));
  return Object.freeze<Target>({
    inputShape,
    outputShape,
    parameters: parameterSpace(placed.flatMap(({ layer, before }) => parametersOf(layer, before))),
    buffers,
    network: Object.freeze({ input: inputShape, layers: placed.map(({ layer }) => layer) }),
    masks: placed.flatMap(({ layer, before }) => masksOf(layer, before)),
    apply: (parameters, given, x, context) => {
      if (!fits(x.shape, inputShape)) throw batchShape(inputShape, x.shape);
      return tf.tidy(() => {
        let output = x;
        const current = { ...given };
        for (const compute of functions) {
          const result = compute(output, { parameters, buffers: given, context });
          output = result.output;
          Object.assign(current, result.buffers);
        }
        return { output, buffers: current };
      });
    },
  });
};

interface PlacedLayer {
  readonly layer: NamedLayer;
  /** The shape that the layer gets. */
  readonly before: Shape;
}

const place = (
  layers: readonly NamedLayer[],
  input: Shape,
): { readonly placed: readonly PlacedLayer[]; readonly outputShape: Shape } => {
  let shape = input;
  const placed = layers.map((layer): PlacedLayer => {
    const before = shape;
    checkLayer(layer);
    shape = outputShapeOf(layer, before);
    return { layer, before };
  });
  return { placed, outputShape: shape };
};

const checkedInput = (input: Shape): Shape => {
  const valid = Array.isArray(input) && input.length > 0 && Number.isSafeInteger(sizeOf(input));
  if (!valid || input.some((side) => !Number.isInteger(side) || side < 1 || side > 1_000_000))
    throw invalidInputShape(input);
  return Object.freeze([...input]);
};

const fits = (batch: Shape, shape: Shape): boolean =>
  batch.length === shape.length + 1 && shape.every((side, axis) => batch[axis + 1] === side);
