// The types of layers that `load` knows by itself.
import { choice, oneOf, optional, real, type Fields } from '../files/check.ts';
import { sizeOf, type ParameterSpec } from '../space/parameter.ts';
import { biasSpec, kernelSpec } from '../space/specs.ts';
import { last, side, sides, windows, type Find, type LayerKind, type LayerOf } from './kind.ts';
import type { Shape } from './layer.ts';
import { slid, slide } from './window.ts';

const weighted: Fields = {
  bias: optional(oneOf(true, false)),
  init: optional(
    choice({ he: {}, glorot: {}, normal: { mean: real(-1e6, 1e6), std: real(Number.MIN_VALUE, 1e6) } }),
  ),
};

const weights = (
  { name, init, bias = true }: LayerOf<'conv2d' | 'dense'>,
  shape: Shape,
): readonly ParameterSpec[] => {
  const kernel = kernelSpec(name, shape, init);
  return bias ? [kernel, biasSpec(name, last(shape))] : [kernel];
};

type Four = [number, number, number, number];

/**
 * y = bias + x K: each tap of a place adds its pixel, then the place is finished. Pixels that are 0, as relu leaves many,
 * are left out, and four numbers go at once through the filters: y is read and written a quarter as often.
 */
const products = (x: Float32Array, y: Float32Array, channels: number, filters: number, find: Find) => {
  const [kernel, bias] = [find('kernel') as Float32Array, find('bias')];
  if (bias) for (let at = 0; at < y.length; at += filters) y.set(bias, at);
  const values = new Float32Array(kernel.length / filters + 3);
  const rows = new Int32Array(values.length);
  let count = 0;
  const add = (pixel: number, tap: number): void => {
    for (let c = 0; c < channels; c++) {
      const value = x[pixel * channels + c] as number;
      if (value === 0) continue;
      values[count] = value;
      rows[count++] = (tap * channels + c) * filters;
    }
  };
  const finish = (place: number): void => {
    values.fill(0, count);
    for (let i = 0; i < count; i += 4) {
      const [a, b, c, d] = [values[i], values[i + 1], values[i + 2], values[i + 3]] as Four;
      const [p, q, r, s] = [rows[i], rows[i + 1], rows[i + 2], rows[i + 3]] as Four;
      for (let f = 0, at = place * filters; f < filters; f++, at++) {
        y[at] =
          (y[at] as number) +
          a * (kernel[p + f] as number) +
          b * (kernel[q + f] as number) +
          c * (kernel[r + f] as number) +
          d * (kernel[s + f] as number);
      }
    }
    count = 0;
  };
  return { add, finish };
};

const conv2d: LayerKind<LayerOf<'conv2d'>> = {
  fields: { ...windows, ...weighted, filters: side, kernelSize: side },
  output: ({ filters, kernelSize, strides = 1, padding }, input) =>
    slid(input, kernelSize, strides, padding, filters),
  parameters: (layer, input) =>
    weights(layer, [layer.kernelSize, layer.kernelSize, last(input), layer.filters]),
  compute: (placed, x, y, find) => {
    const { kernelSize, strides = 1, filters } = placed.layer;
    const { add, finish } = products(x, y, last(placed.input), filters, find);
    slide(placed, kernelSize, strides, (_, pixel, tap) => add(pixel, tap), finish);
    return y;
  },
};

const dense: LayerKind<LayerOf<'dense'>> = {
  fields: { ...weighted, units: side },
  output: ({ units }, input) => (input.length === 1 ? [units] : undefined),
  parameters: (layer, input) => weights(layer, [last(input), layer.units]),
  compute: (_, x, y, find) => {
    const { add, finish } = products(x, y, x.length, y.length, find);
    add(0, 0);
    finish(0);
    return y;
  },
};

const maxPool2d: LayerKind<LayerOf<'maxPool2d'>> = {
  fields: { ...windows, poolSize: side },
  output: ({ poolSize, strides = poolSize, padding }, input) =>
    slid(input, poolSize, strides, padding, last(input)),
  compute: (placed, x, y) => {
    const { poolSize, strides = poolSize } = placed.layer;
    const channels = last(placed.input);
    y.fill(-Infinity);
    slide(placed, poolSize, strides, (place, pixel) => {
      for (let c = 0; c < channels; c++) {
        const at = place * channels + c;
        y[at] = Math.max(y[at] as number, x[pixel * channels + c] as number);
      }
    });
    return y;
  },
};

const relu: LayerKind = { fields: {}, compute: (_, x) => x.map((value) => (value > 0 ? value : 0)) };

const flatten: LayerKind = { fields: {}, output: (_, input) => [sizeOf(input)] };

const reshape: LayerKind<LayerOf<'reshape'>> = {
  fields: { shape: sides },
  output: ({ shape }, input) => (sizeOf(shape) === sizeOf(input) ? shape : undefined),
};

const dropout: LayerKind = { fields: { rate: real(0, 1 - 2 ** -53) } };

/** By their types. */
export const USUAL: Readonly<Record<string, LayerKind>> = {
  conv2d,
  dense,
  maxPool2d,
  relu,
  flatten,
  reshape,
  dropout,
};
