// Layers written again as plain loops over float64, from their definitions: what the TensorFlow.js path is held to.
import type { Layer } from '@mapping-networks/targets';

export interface Grid {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export type Grids = Readonly<Record<string, Grid>>;

export const grid = (shape: readonly number[], data?: ArrayLike<number>): Grid => {
  const size = shape.reduce((a, b) => a * b, 1);
  return { shape, data: data ? Float64Array.from(data) : new Float64Array(size) };
};

const offsetOf = (shape: readonly number[], index: readonly number[]): number =>
  shape.reduce((offset, side, axis) => offset * side + (index[axis] ?? 0), 0);

const at = (source: Grid, ...index: readonly number[]): number =>
  source.data[offsetOf(source.shape, index)] ?? NaN;

const side = (shape: readonly number[], axis: number): number => shape[axis] ?? NaN;

/** Output side and leading padding of a sliding window, as TensorFlow defines SAME and VALID. */
const slide = (
  input: number,
  window: number,
  stride: number,
  padding: string,
): [side: number, before: number] => {
  if (padding === 'valid') return [Math.floor((input - window) / stride) + 1, 0];
  const output = Math.ceil(input / stride);
  return [output, Math.floor(Math.max(0, (output - 1) * stride + window - input) / 2)];
};

interface Sliding {
  readonly strides: number;
  readonly padding: string;
}

/** Calls `visit` with every output position and the input positions inside its window that lie in the image. */
const windows = (
  x: Grid,
  window: number,
  { strides, padding }: Sliding,
  visit: (
    out: { b: number; r: number; c: number },
    taps: readonly { r: number; c: number; kr: number; kc: number }[],
  ) => void,
): readonly [number, number] => {
  const [rows, top] = slide(side(x.shape, 1), window, strides, padding);
  const [columns, left] = slide(side(x.shape, 2), window, strides, padding);
  for (let b = 0; b < side(x.shape, 0); b++)
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < columns; c++) {
        const taps = [];
        for (let kr = 0; kr < window; kr++)
          for (let kc = 0; kc < window; kc++) {
            const [row, column] = [r * strides + kr - top, c * strides + kc - left];
            const inside = row >= 0 && row < side(x.shape, 1) && column >= 0 && column < side(x.shape, 2);
            if (inside) taps.push({ r: row, c: column, kr, kc });
          }
        visit({ b, r, c }, taps);
      }
  return [rows, columns];
};

export const conv2d = (x: Grid, kernel: Grid, bias: Grid | undefined, sliding: Sliding): Grid => {
  const [size, , channels, filters] = kernel.shape as [number, number, number, number];
  const values: number[] = [];
  const [rows, columns] = windows(x, size, sliding, ({ b }, taps) => {
    for (let f = 0; f < filters; f++) {
      let sum = bias ? at(bias, f) : 0;
      for (const { r, c, kr, kc } of taps)
        for (let k = 0; k < channels; k++) sum += at(x, b, r, c, k) * at(kernel, kr, kc, k, f);
      values.push(sum);
    }
  });
  return grid([side(x.shape, 0), rows, columns, filters], values);
};

export const pool2d = (x: Grid, size: number, sliding: Sliding, type: 'maxPool2d' | 'avgPool2d'): Grid => {
  const channels = side(x.shape, 3);
  const values: number[] = [];
  const [rows, columns] = windows(x, size, sliding, ({ b }, taps) => {
    for (let k = 0; k < channels; k++) {
      const seen = taps.map(({ r, c }) => at(x, b, r, c, k));
      values.push(type === 'maxPool2d' ? Math.max(...seen) : seen.reduce((a, v) => a + v, 0) / seen.length);
    }
  });
  return grid([side(x.shape, 0), rows, columns, channels], values);
};

export const dense = (x: Grid, kernel: Grid, bias: Grid | undefined): Grid => {
  const [inputs, units] = kernel.shape as [number, number];
  const y = grid([side(x.shape, 0), units]);
  for (let b = 0; b < side(x.shape, 0); b++)
    for (let u = 0; u < units; u++) {
      let sum = bias ? at(bias, u) : 0;
      for (let i = 0; i < inputs; i++) sum += at(x, b, i) * at(kernel, i, u);
      y.data[b * units + u] = sum;
    }
  return y;
};

export interface Moments {
  readonly mean: number[];
  /** Sum of squared deviations, and how many there are. */
  readonly squares: number[];
  readonly count: number;
}

export const momentsOf = (x: Grid): Moments => {
  const channels = x.shape.at(-1) ?? 1;
  const count = x.data.length / channels;
  const mean = Array.from({ length: channels }, () => 0);
  x.data.forEach((value, i) => (mean[i % channels]! += value / count));
  const squares = mean.map(() => 0);
  x.data.forEach((value, i) => (squares[i % channels]! += (value - mean[i % channels]!) ** 2));
  return { mean, squares, count };
};

export const normalize = (
  x: Grid,
  mean: ArrayLike<number>,
  variance: ArrayLike<number>,
  epsilon: number,
  gain: Grid,
  bias: Grid,
): Grid => {
  const channels = x.shape.at(-1) ?? 1;
  const values = x.data.map((value, i) => {
    const k = i % channels;
    return (
      (at(gain, k) * (value - (mean[k] ?? NaN))) / Math.sqrt((variance[k] ?? NaN) + epsilon) + at(bias, k)
    );
  });
  return grid(x.shape, values);
};

/** ∫ of the normal density, by Simpson's rule: for gelu, which TensorFlow.js computes with erf. */
const normalCdf = (x: number): number => {
  const steps = 2000;
  const h = x / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(-((i * h) ** 2) / 2);
  }
  return 0.5 + (sum * h) / 3 / Math.sqrt(2 * Math.PI);
};

const ELEMENTWISE: Readonly<Record<string, (x: number) => number>> = {
  relu: (x) => (x > 0 ? x : 0),
  leakyRelu: (x) => (x > 0 ? x : 0.01 * x),
  elu: (x) => (x > 0 ? x : Math.exp(x) - 1),
  gelu: (x) => x * normalCdf(x),
  silu: (x) => x / (1 + Math.exp(-x)),
  softplus: (x) => Math.log(1 + Math.exp(x)),
  tanh: (x) => (Math.exp(2 * x) - 1) / (Math.exp(2 * x) + 1),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
};

/** A named layer in training (batch statistics, masks). */
export const applyReference = (layer: Layer, x: Grid, tensors: Grids): Grid => {
  const of = (suffix: string): Grid => tensors[`${layer.name}.${suffix}`]!;
  const sliding = (strides: number | undefined): Sliding => ({
    strides: strides ?? 1,
    padding: ('padding' in layer ? layer.padding : undefined) ?? 'valid',
  });
  switch (layer.type) {
    case 'conv2d':
      return conv2d(x, of('kernel'), layer.bias === false ? undefined : of('bias'), sliding(layer.strides));
    case 'dense':
      return dense(x, of('kernel'), layer.bias === false ? undefined : of('bias'));
    case 'maxPool2d':
    case 'avgPool2d':
      return pool2d(x, layer.poolSize, sliding(layer.strides ?? layer.poolSize), layer.type);
    case 'globalAvgPool2d': {
      const pooled = pool2d(x, side(x.shape, 1), { strides: 1, padding: 'valid' }, 'avgPool2d');
      return grid([side(x.shape, 0), side(x.shape, 3)], pooled.data);
    }
    case 'flatten':
      return grid([side(x.shape, 0), x.data.length / side(x.shape, 0)], x.data);
    case 'reshape':
      return grid([side(x.shape, 0), ...layer.shape], x.data);
    case 'batchNorm': {
      const { mean, squares, count } = momentsOf(x);
      const variance = squares.map((sum) => sum / count);
      return normalize(x, mean, variance, layer.epsilon ?? 1e-5, of('gain'), of('bias'));
    }
    case 'dropout': {
      const mask = of('mask');
      return grid(
        x.shape,
        x.data.map((value, i) => value * (mask.data[i] ?? NaN)),
      );
    }
    case 'relu':
    case 'leakyRelu':
    case 'elu':
    case 'gelu':
    case 'silu':
    case 'softplus':
    case 'tanh':
    case 'sigmoid':
      return grid(
        x.shape,
        x.data.map((value) => ELEMENTWISE[layer.type]!(value)),
      );
  }
};
