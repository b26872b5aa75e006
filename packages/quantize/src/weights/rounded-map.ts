// A map whose values are rounded: the inner map, then each chosen tensor on a grid or in half precision.
import {
  prefixed,
  unprefixed,
  type NamedArrays,
  type NamedTensors,
  type ParameterMap,
  type ParameterSpace,
  type Parameterization,
  type PlacedParameter,
  type WeightFormat,
} from '@mapping-networks/core';
import {
  gridOptionsOf,
  levelsOf,
  roundedParameters,
  roundInPlace,
  roundingOperations,
  weightGrid,
  type HalfType,
} from '@mapping-networks/runtime/canonical';
import type * as tf from '@tensorflow/tfjs-core';
import { alreadyRounded } from '../errors.ts';
import { onGrid } from '../grid/tensor-grid.ts';
import { HALF } from './half.ts';
import type { WeightQuantization } from './options.ts';
import { inHalf } from './tensor-half.ts';

/** The inner map's constants stand under this prefix. */
const INNER = 'inner/';

/** How a tensor is rounded in the arithmetic of tensors. */
const roundTensor = (x: tf.Tensor, options: WeightQuantization, parameter: PlacedParameter): tf.Tensor => {
  const grid = gridOptionsOf(options, parameter);
  return grid ? onGrid(x, grid) : inHalf(x, options.type as HalfType);
};

const formatOf = (
  values: Float32Array,
  options: WeightQuantization,
  parameter: PlacedParameter,
): WeightFormat => {
  const grid = gridOptionsOf(options, parameter);
  return grid ? weightGrid(values, parameter.shape, grid) : { type: options.type as HalfType };
};

/** A grid step at most, as a part of the largest value. */
const stepOf = ({ type, symmetric }: WeightQuantization): number => {
  if (type === 'float16' || type === 'bfloat16') return 2 ** -HALF[type].fractionBits;
  const { least, most } = levelsOf(type, symmetric);
  return 2 / (most - least);
};

/**
 * `inner` bound to a space, its values rounded. Regularisers are those of `inner`: they speak of the map before rounding.
 *
 * @throws QUANTIZE_ALREADY_ROUNDED
 */
export const bindRounded = (
  inner: Parameterization,
  options: WeightQuantization,
  space: ParameterSpace,
  constants: NamedArrays | undefined,
): ParameterMap => {
  const map = inner.bind(space, constants && unwrappedConstants(constants));
  if (map.rounding !== undefined) throw alreadyRounded();
  const chosen = roundedParameters(space, options);
  const materialize = (trainables: NamedTensors, frozen: NamedTensors): NamedTensors => {
    const parameters = map.materialize(trainables, frozen);
    const rounded = chosen.map((parameter): [string, tf.Tensor] => [
      parameter.name,
      roundTensor(parameters[parameter.name] as tf.Tensor, options, parameter),
    ]);
    return { ...parameters, ...Object.fromEntries(rounded) };
  };
  return {
    space,
    trainables: map.trainables,
    init: (seed) => map.init(seed),
    frozen: () => map.frozen(),
    ...(map.randomRows && { randomRows: map.randomRows }),
    materialize,
    generate: (trainables) => roundInPlace(space, options, map.generate(trainables)),
    operations: (map.operations ?? 0) + roundingOperations(options) * space.size,
    formats: (trainables) => {
      const theta = map.generate(trainables);
      const formats = chosen.map((parameter): [string, WeightFormat] => {
        const { name, offset, size } = parameter;
        return [name, formatOf(theta.subarray(offset, offset + size), options, parameter)];
      });
      return { ...map.formats?.(trainables), ...Object.fromEntries(formats) };
    },
    rounding: stepOf(options),
    regularizers: map.regularizers,
  };
};

/** What the rounded map is bound with: what its inner map is. */
export const innerConstants = (
  inner: Parameterization,
  space: ParameterSpace,
): ReturnType<NonNullable<Parameterization['constants']>> =>
  (inner.constants?.(space) ?? []).map((spec) => ({ ...spec, name: INNER + spec.name }));

/** Constants of a network whose parameterization is wrapped. */
export const wrappedConstants = (constants: NamedArrays): NamedArrays => prefixed(INNER, constants);

/** The same the other way. */
export const unwrappedConstants = (constants: NamedArrays): NamedArrays => unprefixed(INNER, constants);
