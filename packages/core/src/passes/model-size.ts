// How large a network is: as a bundle, and as the weights that are made of it, stored as compactly as their values allow.
import { encodeBundle } from '../artifact/bundle.ts';
import { sizeOf } from '../arrays.ts';
import type { MatrixFactors, WeightFormat } from '../contracts/parameterization.ts';
import { modelMap, modelTheta, requireModel, type Model } from '../model.ts';

/** Numbers and bytes of a network. */
export interface ModelSize {
  /** Parameters of the target. */
  readonly parameters: number;
  /** Those that are not 0. */
  readonly nonzero: number;
  /** The share of zeros, in [0, 1]. */
  readonly sparsity: number;
  /** Numbers that training changes. */
  readonly trainables: number;
  /** Bytes of the two files of the bundle. */
  readonly bundleBytes: number;
  /** Bytes of the weights, as `modelSize` counts them. */
  readonly weightBytes: number;
}

/**
 * How large a network is. `weightBytes` counts what its weights take when each tensor is stored in its own format
 * (`ParameterMap.formats`; float32 where it has none): 32, 16, 8 or 4 bits for a weight, and 4 bytes for each scale and
 * one for each zero point of a grid that is not symmetric. A tensor with zeros counts as its nonzero weights and a
 * bitmap of one bit a weight, where that is less; one that is a product (`ParameterMap.factors`) as its factors, where
 * that is. Names, shapes and buffers are not counted.
 *
 * @throws CORE_NON_FINITE_TENSOR
 * @example
 * ```ts
 * import { mapping, modelMap, modelSize } from '@mapping-networks/core';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const size = modelSize({ ...parts, trainables: modelMap(parts).init(0), buffers: {} });
 * console.log(size.parameters, size.trainables, size.weightBytes); // 101770 64 407080
 * ```
 */
export const modelSize = (model: Model): ModelSize => {
  requireModel('modelSize', model);
  return sizeWith(model, modelTheta(model));
};

/** The size of a model whose weights have been made. */
export const sizeWith = (model: Model, theta: Float32Array): ModelSize => {
  const map = modelMap(model);
  const formats = map.formats?.(model.trainables) ?? {};
  const products = map.factors?.(model.trainables) ?? {};
  const tensors = map.space.parameters.map(({ name, offset, size }) => {
    const nonzero = nonzeros(theta.subarray(offset, offset + size));
    const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
    const bytes = tensorBytes(size, nonzero, format);
    const factors = Object.hasOwn(products, name) ? products[name] : undefined;
    return { nonzero, bytes: factors ? Math.min(bytes, factorBytes(factors)) : bytes };
  });
  const files = encodeBundle(model);
  const nonzero = sum(tensors.map((tensor) => tensor.nonzero));
  return {
    parameters: theta.length,
    nonzero,
    sparsity: 1 - nonzero / theta.length,
    trainables: sum(map.trainables.map(({ shape }) => sizeOf(shape))),
    bundleBytes: files['latent.safetensors'].length + new TextEncoder().encode(files['config.json']).length,
    weightBytes: sum(tensors.map(({ bytes }) => bytes)),
  };
};

const factorBytes = ({ u, v, formats = {} }: MatrixFactors): number =>
  sum(
    [
      { values: u.data, format: formats.u },
      { values: v.data, format: formats.v },
    ].map(({ values, format }) => tensorBytes(values.length, nonzeros(values), format)),
  );

const nonzeros = (values: Iterable<number>): number => {
  let count = 0;
  for (const value of values) if (value !== 0) count++;
  return count;
};

const BITS = { float32: 32, float16: 16, bfloat16: 16, int8: 8, int4: 4 } as const;

const tensorBytes = (size: number, nonzero: number, format: WeightFormat | undefined): number => {
  const bits = BITS[format?.type ?? 'float32'];
  const dense = Math.ceil((size * bits) / 8);
  const sparse = Math.ceil((nonzero * bits) / 8) + Math.ceil(size / 8);
  return Math.min(dense, sparse) + gridBytes(format);
};

const gridBytes = (format: WeightFormat | undefined): number => {
  if (!format || !('scales' in format)) return 0;
  const { scales, zeroPoints } = format;
  const affine = zeroPoints.some((point) => point !== 0);
  return 4 * scales.length + (affine ? zeroPoints.length : 0);
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
