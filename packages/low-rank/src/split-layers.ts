// A factorized network as one of more and smaller layers: what runs x U V as two products instead of making U V first.
import {
  direct,
  directTrainables,
  float32,
  givenWeights,
  modelMap,
  modelParameters,
  requireArgument,
  requireModel,
  type ArrayTensor,
  type MakeTarget,
  type MatrixFactors,
  type Model,
  type NamedArrays,
  type NamedLayer,
  type WeightFormat,
} from '@mapping-networks/core';
import { noLayers } from './errors.ts';

type Formats = Readonly<Record<string, WeightFormat>>;

/** Layers in the place of one, the kernels that they have, and in how few bits these are stored. */
interface Split {
  readonly layers: readonly NamedLayer[];
  readonly kernels: NamedArrays;
  readonly formats: Formats;
}

/** Of a matrix, for the kernel that has its numbers: scales of columns are those of the last side. */
const onLastSide = (format: WeightFormat, { length }: readonly number[]): WeightFormat =>
  'axis' in format && format.axis !== undefined ? { ...format, axis: length - 1 } : format;

/** A dense layer or a convolution as one with the kernel U and without biases, and one with V on each of its outputs. */
const split = (
  layer: NamedLayer,
  first: string,
  { u, v, formats = {} }: MatrixFactors,
): Split | undefined => {
  const [rank = 0, units = 0] = v.shape;
  const before = { name: first, bias: false };
  const named = (whole: readonly number[], point: readonly number[]): Omit<Split, 'layers'> => {
    const [ofU, ofV] = [`${first}.kernel`, `${layer.name}.kernel`];
    const shapes = { u: [...whole, rank], v: [...point, rank, units] };
    return {
      kernels: {
        [ofU]: float32(Float32Array.from(u.data), shapes.u),
        [ofV]: float32(Float32Array.from(v.data), shapes.v),
      },
      formats: {
        ...(formats.u && { [ofU]: onLastSide(formats.u, shapes.u) }),
        ...(formats.v && { [ofV]: onLastSide(formats.v, shapes.v) }),
      },
    };
  };
  if (layer.type === 'dense')
    return { layers: [{ ...layer, ...before, units: rank }, layer], ...named(u.shape.slice(0, 1), []) };
  if (layer.type !== 'conv2d') return undefined;
  const { strides: _strides, padding: _padding, ...behind } = layer;
  const { kernelSize } = layer;
  const channels = (u.shape[0] ?? 0) / kernelSize ** 2;
  return {
    layers: [
      { ...layer, ...before, filters: rank },
      { ...behind, kernelSize: 1 },
    ],
    ...named([kernelSize, kernelSize, channels], [1, 1]),
  };
};

const sizeOf = ({ data }: ArrayTensor): number => data.length;

/** Whether U and V have fewer numbers than their product. */
const saves = ({ u, v }: MatrixFactors): boolean =>
  sizeOf(u) + sizeOf(v) < (u.shape[0] ?? 0) * (v.shape[1] ?? 0);

/** `LAYER_u`, or with more of `_` where another layer has that name. */
const freeName = (layer: string, taken: ReadonlySet<string>): string => {
  let name = `${layer}_u`;
  while (taken.has(name)) name += '_';
  return name;
};

/**
 * The same network with each factorized layer as two, where that is smaller: x W + b with W = U V becomes a dense layer with
 * U and without biases, and one with V and b; a convolution becomes one with as many filters as the rank, and one of 1 × 1.
 * Outputs are those of `model` to rounding. The first of both is called `LAYER_u`.
 *
 * What is split is what the network's map says to be a product (`ParameterMap.factors`): `lowRank`, as long as no mask and no
 * rounding lies over it. Returned is a network whose target is made by `feedForward`, all of its weights held by `direct`, or
 * by `givenWeights` where some are stored in fewer bits; `model` itself where nothing is split.
 *
 * @throws CORE_INVALID_ARGUMENT; LOW_RANK_NO_LAYERS for a target that is no list of layers
 * @example
 * ```ts
 * import { modelMap } from '@mapping-networks/core';
 * import { lowRank, splitLayers } from '@mapping-networks/low-rank';
 * import { cnn2, feedForward } from '@mapping-networks/targets';
 * const parts = { target: cnn2(), parameterization: lowRank({ rank: { fc1: 32 } }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * console.log(splitLayers(model, feedForward).target.impl.parameters.size); // 35914
 * ```
 */
export const splitLayers = (model: Model, feedForward: MakeTarget): Model => {
  requireModel('splitLayers', model);
  requireArgument(
    typeof feedForward === 'function',
    'splitLayers',
    'feedForward',
    'the plugin feedForward',
    feedForward,
  );
  const { target, trainables, buffers, data, metrics } = model;
  const { network, inputShape } = target.impl;
  if (network === undefined) throw noLayers('splitLayers', target.name);
  const map = modelMap(model);
  const factors = map.factors?.(trainables) ?? {};
  const formats: Record<string, WeightFormat> = { ...map.formats?.(trainables) };
  const names = new Set(network.layers.map(({ name }) => name));
  const weights: Record<string, ArrayTensor> = { ...modelParameters(model) };
  const layers = network.layers.flatMap((layer): readonly NamedLayer[] => {
    const product = factors[`${layer.name}.kernel`];
    const first = freeName(layer.name, names);
    const made = product && saves(product) ? split(layer, first, product) : undefined;
    if (made === undefined) return [layer];
    names.add(first);
    Object.assign(weights, made.kernels);
    Object.assign(formats, made.formats);
    return made.layers;
  });
  if (layers.length === network.layers.length) return model;
  const made = feedForward({ input: inputShape, layers });
  const held =
    Object.keys(formats).length > 0
      ? { parameterization: givenWeights(formats), trainables: weights }
      : { parameterization: direct(), trainables: directTrainables(made.impl.parameters, weights) };
  return {
    target: made,
    ...held,
    buffers,
    ...(data && { data }),
    ...(metrics && { metrics }),
  };
};
