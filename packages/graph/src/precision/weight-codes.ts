// Weights that lie on a grid, as their codes: DequantizeLinear makes float32 of them again, exactly.
import type { WeightGrid } from '@mapping-networks/core';
import { int } from '../lower/emitter.ts';
import { DATA_TYPE } from '../onnx/data-type.ts';
import type { OnnxTensor } from '../onnx/model.ts';
import { formWriter } from './form-writer.ts';
import type { StoredForm } from './store-constants.ts';

/** A constant of a model as codes: value = scale · (code − zeroPoint). */
export interface StoredCodes {
  readonly tensor: OnnxTensor;
  readonly codes: Int8Array;
  /** The axis of the constant whose slices have scales of their own; absent: one for all. */
  readonly axis?: number;
  readonly scales: Float32Array;
  readonly zeroPoints: Int8Array;
}

/** The grid of a weight in the order of the constant; undefined where its scales do not go along one axis there. */
export const codesIn = (tensor: OnnxTensor, grid: WeightGrid): StoredCodes | undefined => {
  const { origin, shape } = tensor;
  if (origin === undefined) return undefined;
  const { places } = origin;
  const codes = Int8Array.from(places, (place) => grid.codes[place] as number);
  const zeroPoints = Int8Array.from(grid.zeroPoints);
  const scales = grid.axis === undefined ? grid.scales : evenScales(grid, origin.shape, grid.axis);
  if (scales.length === 1 || grid.axis === undefined) return { tensor, codes, scales, zeroPoints };
  const side = origin.shape[grid.axis] as number;
  const inner = origin.shape.slice(grid.axis + 1).reduce((product, length) => product * length, 1);
  const slices = places.map((place) => Math.floor(place / inner) % side);
  for (const [axis, length] of shape.entries()) {
    const order = orderAlong(slices, shape, axis);
    if (order === undefined || length === 1) continue;
    return {
      tensor,
      codes,
      axis,
      scales: order.map((slice) => scales[slice] as number),
      zeroPoints: Int8Array.from(order, (slice) => zeroPoints[slice] as number),
    };
  }
  return undefined;
};

/**
 * A slice of nothing but zeros, such as a pruned filter, may have any scale. With the largest one its bias, in units of
 * it, is a number that fits.
 */
const evenScales = (
  { codes, scales, zeroPoints }: WeightGrid,
  shape: readonly number[],
  axis: number,
): Float32Array => {
  const inner = shape.slice(axis + 1).reduce((product, length) => product * length, 1);
  const used = new Set<number>();
  codes.forEach((code, at) => {
    const slice = Math.floor(at / inner) % scales.length;
    if (code !== zeroPoints[slice]) used.add(slice);
  });
  const largest = scales.reduce((most, scale, slice) => (used.has(slice) ? Math.max(most, scale) : most), 0);
  return scales.map((scale, slice) => (used.has(slice) || largest === 0 ? scale : largest));
};

/** The slice of the grid at each place along an axis, if it depends on nothing else. */
const orderAlong = (slices: Int32Array, shape: readonly number[], axis: number): Float32Array | undefined => {
  const inner = shape.slice(axis + 1).reduce((product, length) => product * length, 1);
  const order = new Float32Array(shape[axis] as number).fill(-1);
  const fits = slices.every((slice, at) => {
    const place = Math.floor(at / inner) % order.length;
    if (order[place] === -1) order[place] = slice;
    return order[place] === slice;
  });
  return fits ? order : undefined;
};

/** DequantizeLinear under the name of the constant: for products of integers, which runtimes look for. */
export const dequantized = ({ tensor, codes, axis, scales, zeroPoints }: StoredCodes): StoredForm => {
  const writer = formWriter(tensor.name);
  const { shape } = tensor;
  const sides = axis === undefined ? [] : [scales.length];
  const operands = [
    writer.stored('codes', codes, { dtype: 'int8', shape }),
    writer.stored('scale', scales, { dtype: 'float32', shape: sides }),
    writer.stored('zeroPoint', zeroPoints, { dtype: 'int8', shape: sides }),
  ];
  const result = { suffix: 'float32', dtype: 'float32', shape } as const;
  writer.emit('DequantizeLinear', operands, result, axis === undefined ? {} : { axis: int(axis) });
  return writer.form();
};

/**
 * The same by Cast, Sub and Mul, for products of float32. Runtimes compute these once, when they load the model;
 * DequantizeLinear would be computed in each run, or taken as leave to round activations.
 */
export const widened = ({ tensor, codes, axis, scales, zeroPoints }: StoredCodes): StoredForm => {
  const writer = formWriter(tensor.name);
  const { shape } = tensor;
  const sides = axis === undefined ? [] : shape.map((_, at) => (at === axis ? scales.length : 1));
  const result = { dtype: 'float32', shape } as const;
  const along = { dtype: 'float32', shape: sides } as const;
  const stored = writer.stored('codes', codes, { dtype: 'int8', shape });
  let values = writer.emit(
    'Cast',
    [stored],
    { ...result, suffix: 'float32' },
    { to: int(DATA_TYPE.float32) },
  );
  if (zeroPoints.some((zero) => zero !== 0)) {
    const zeros = writer.stored('zeroPoint', Float32Array.from(zeroPoints), along);
    values = writer.emit('Sub', [values, zeros], { ...result, suffix: 'centred' });
  }
  writer.emit('Mul', [values, writer.stored('scale', scales, along)], { ...result, suffix: 'scaled' });
  return writer.form();
};
