// The types of layers that are less common: for option `layers` of `load`.
import { optional, real } from '../files/check.ts';
import { biasSpec, gainSpec } from '../space/specs.ts';
import { last, side, windows, type LayerKind, type LayerOf } from './kind.ts';
import { slid, slide } from './window.ts';

const avgPool2d: LayerKind<LayerOf<'avgPool2d'>> = {
  fields: { ...windows, poolSize: side },
  output: ({ poolSize, strides = poolSize, padding }, input) =>
    slid(input, poolSize, strides, padding, last(input)),
  compute: (placed, x, y) => {
    const { poolSize, strides = poolSize } = placed.layer;
    const channels = last(placed.input);
    const counts = new Uint32Array(y.length / channels);
    slide(placed, poolSize, strides, (place, pixel) => {
      counts[place] = (counts[place] as number) + 1;
      for (let c = 0; c < channels; c++) {
        const at = place * channels + c;
        y[at] = (y[at] as number) + (x[pixel * channels + c] as number);
      }
    });
    return y.map((sum, i) => sum / (counts[Math.floor(i / channels)] as number));
  },
};

const globalAvgPool2d: LayerKind = {
  fields: {},
  output: (_, input) => (input.length === 3 ? input.slice(2) : undefined),
  compute: (_, x, y) => {
    const channels = y.length;
    x.forEach((value, i) => (y[i % channels] = (y[i % channels] as number) + value));
    return y.map((sum) => (sum * channels) / x.length);
  },
};

const STATISTICS = ['runningMean', 'runningVariance'];

const batchNorm: LayerKind<LayerOf<'batchNorm'>> = {
  fields: { momentum: optional(real(Number.MIN_VALUE, 1)), epsilon: optional(real(1e-30, 1000)) },
  parameters: ({ name }, input) => [gainSpec(name, last(input)), biasSpec(name, last(input))],
  statistics: STATISTICS,
  compute: ({ layer: { epsilon = 1e-5 } }, x, _, find) => {
    const [gain, bias, mean, variance] = ['gain', 'bias', ...STATISTICS].map(find) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const scale = gain.map((value, c) => value / Math.sqrt((variance[c] as number) + epsilon));
    return x.map((value, i) => {
      const c = i % gain.length;
      return (value - (mean[c] as number)) * (scale[c] as number) + (bias[c] as number);
    });
  },
};

const { exp } = Math;

const sigmoid = (x: number): number => 1 / (1 + exp(-x));

/** Abramowitz & Stegun 7.1.26, as in TensorFlow.js. */
const erf = (x: number): number => {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const sum = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(x) * (1 - sum * exp(-x * x));
};

const elementWise = (compute: (x: number) => number): LayerKind => ({
  fields: {},
  compute: (_, x) => x.map((value) => compute(value)),
});

/**
 * Layers beyond convolutions, max-pools, dense layers and ReLU: mean pools, batch normalisation (with its running
 * statistics) and the other activations. For option `layers` of `load`.
 *
 * @example
 * ```ts
 * import { moreLayers } from '@mapping-networks/runtime';
 * console.log(Object.keys(moreLayers).length); // 10
 * ```
 */
export const moreLayers: Readonly<Record<string, LayerKind>> = {
  avgPool2d,
  globalAvgPool2d,
  batchNorm,
  leakyRelu: elementWise((x) => (x > 0 ? x : 0.01 * x)),
  elu: elementWise((x) => (x > 0 ? x : exp(x) - 1)),
  gelu: elementWise((x) => (x / 2) * (1 + erf(x * Math.SQRT1_2))),
  silu: elementWise((x) => x * sigmoid(x)),
  softplus: elementWise((x) => Math.max(x, 0) + Math.log1p(exp(-Math.abs(x)))),
  tanh: elementWise(Math.tanh),
  sigmoid: elementWise(sigmoid),
};
