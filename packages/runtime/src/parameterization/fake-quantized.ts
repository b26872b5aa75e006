// `fakeQuantized`: weights of another parameterization, rounded to what fewer bits hold.
import { oneOf, optional, record, requireValid, text } from '../files/check.ts';
import type { WeightQuantization } from '../grid/options.ts';
import { roundInPlace, roundingOperations } from '../grid/rounded.ts';
import type { RuntimeParameterization } from './binding.ts';

const flag = optional(oneOf(true, false));

const isQuantized = record({
  use: text,
  inner: (value) => value !== undefined,
  type: optional(oneOf('int8', 'int4', 'float16', 'bfloat16')),
  symmetric: flag,
  granularity: optional(oneOf('tensor', 'channel')),
  range: optional(oneOf('minMax', 'mse')),
  bias: flag,
});

const DEFAULTS: WeightQuantization = {
  type: 'int8',
  symmetric: true,
  granularity: 'channel',
  range: 'minMax',
  bias: false,
};

/**
 * `fakeQuantized` of `@mapping-networks/quantize`, weights of another parameterization in int8, int4 or half precision. For
 * option `parameterizations` of `load`, beside what the inner one needs.
 *
 * @example
 * ```ts
 * import { encodeBundle, mapping, modelMap } from '@mapping-networks/core';
 * import { fakeQuantized as quantized } from '@mapping-networks/quantize';
 * import { fakeQuantized, load, mlp } from '@mapping-networks/runtime';
 * import { mlp as target } from '@mapping-networks/targets';
 * const inner = mapping({ latentDim: 64 });
 * const parts = { target: target(), parameterization: quantized({ inner, type: 'int4', granularity: 'tensor' }) };
 * const files = encodeBundle({ ...parts, trainables: modelMap(parts).init(0), buffers: {} });
 * const network = await load(files, { targets: { mlp }, parameterizations: { fakeQuantized } });
 * console.log(new Set(network.weights['fc1.kernel']?.data).size <= 15); // true
 * ```
 */
export const fakeQuantized: RuntimeParameterization = (spec, space, bind, constants) => {
  requireValid(isQuantized(spec), 'fakeQuantized');
  const options = { ...DEFAULTS, ...(spec as Partial<WeightQuantization>) };
  const map = bind(spec['inner'], space, `${constants}inner/`);
  // The grid of what is on a grid need not hold it.
  requireValid(!map.rounded, 'fakeQuantized');
  return {
    ...map,
    rounded: true,
    operations: map.operations + roundingOperations(options) * space.size,
    generate: (tensors) => roundInPlace(space, options, map.generate(tensors)),
  };
};
