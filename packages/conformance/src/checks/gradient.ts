// Gradients against central differences. Float32 makes differences noisy and kinks (ReLU, max-pool) make them wrong
// for a large step, so that several steps are tried: a right gradient meets one of them, a wrong one none.
import { sizeOf, type NamedArrays, type NamedTensors } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { wrongGradient } from '../errors.ts';
import { upload, uploadAll } from './tensors.ts';
import { gaussian } from './random-arrays.ts';

const STEPS = [1e-2, 3e-3, 3e-2, 1e-3, 1e-1] as const;

/** A differentiable function of named tensors, observed through some of its numbers. */
export interface Differentiable {
  /** Where it is differentiated: all of these. */
  readonly at: NamedArrays;
  /** Inputs that stay as they are, under other names. */
  readonly constants?: NamedArrays;
  /** Gets both. */
  readonly compute: (tensors: NamedTensors) => tf.Tensor;
}

export interface GradientOptions {
  /** Allowed difference, relative to the size of the derivative along a random direction. */
  readonly tolerance: number;
  /** How many random directions are tried. */
  readonly directions: number;
  readonly seed: number;
}

/** ⟨output, g⟩ summed in float64. */
const observed = (compute: Differentiable['compute'], at: NamedArrays, g: Float32Array): number =>
  tf.tidy(() => {
    const values = Float32Array.from(compute(uploadAll(at)).dataSync());
    return values.reduce((sum, value, i) => sum + value * (g[i] ?? 0), 0);
  });

const gradientsOf = (
  compute: Differentiable['compute'],
  at: NamedArrays,
  g: Float32Array,
  shape: readonly number[],
): Record<string, Float32Array> =>
  tf.tidy(() => {
    const names = Object.keys(at);
    const cotangent = tf.tensor(g, [...shape]);
    const scalar = (...values: tf.Tensor[]): tf.Tensor => {
      const output = compute(Object.fromEntries(names.map((name, i) => [name, values[i] as tf.Tensor])));
      // tf.grads refuses inputs that the output does not depend on; their gradient is zero.
      const nothing = values.map((value) => tf.mul(tf.sum(value), 0));
      return tf.addN([tf.sum(tf.mul(output, cotangent)), ...nothing]);
    };
    const gradients = tf.grads(scalar)(Object.values(at).map(upload));
    return Object.fromEntries(
      names.map((name, i) => [name, Float32Array.from(gradients[i]?.dataSync() ?? [])]),
    );
  });

const moved = (at: NamedArrays, direction: Record<string, Float32Array>, step: number): NamedArrays =>
  Object.fromEntries(
    Object.entries(at).map(([name, { shape, data }]) => [
      name,
      {
        dtype: 'float32',
        shape,
        data: Float32Array.from(data, (value, i) => value + step * (direction[name]?.[i] ?? 0)),
      },
    ]),
  );

const inner = (a: Record<string, Float32Array>, b: Record<string, Float32Array>): number =>
  Object.entries(a).reduce(
    (sum, [name, values]) => sum + values.reduce((part, value, i) => part + value * (b[name]?.[i] ?? 0), 0),
    0,
  );

/** Unit-length random directions in all arrays together, after one in each array alone. */
const directionsOf = (
  at: NamedArrays,
  { directions, seed }: GradientOptions,
): Record<string, Float32Array>[] => {
  const random = (names: readonly string[], n: number): Record<string, Float32Array> => {
    const raw = Object.fromEntries(
      names.map((name) => [name, gaussian(sizeOf(at[name]?.shape ?? []), seed, name, n)]),
    );
    const length = Math.sqrt(inner(raw, raw));
    return Object.fromEntries(
      Object.entries(raw).map(([name, values]) => [name, values.map((value) => value / length)]),
    );
  };
  const names = Object.keys(at);
  return [
    ...(names.length > 1 ? names.map((name, i) => random([name], i)) : []),
    ...Array.from({ length: directions }, (_, n) => random(names, names.length + n)),
  ];
};

/**
 * The gradient of ⟨compute(at), g⟩, g random, agrees with central differences along random directions.
 *
 * @throws CONFORMANCE_WRONG_GRADIENT
 */
export const expectGradient = (
  what: string,
  of: Differentiable,
  options: Partial<GradientOptions> = {},
): void => {
  // Constants live outside of the tape, as an engine would keep them.
  const constants = uploadAll(of.constants ?? {});
  try {
    const compute = (tensors: NamedTensors): tf.Tensor => of.compute({ ...constants, ...tensors });
    compare(what, compute, of.at, { tolerance: 1e-2, directions: 3, seed: 0, ...options });
  } finally {
    tf.dispose(constants);
  }
};

const compare = (
  what: string,
  compute: Differentiable['compute'],
  at: NamedArrays,
  settings: GradientOptions,
): void => {
  const shape = tf.tidy(() => compute(uploadAll(at)).shape);
  const g = gaussian(sizeOf(shape), settings.seed, 'cotangent');
  const gradients = gradientsOf(compute, at, g, shape);
  const size = Math.sqrt(inner(gradients, gradients));
  const dimensions = Object.values(gradients).reduce((sum, { length }) => sum + length, 0);
  for (const direction of directionsOf(at, settings)) {
    const analytic = inner(gradients, direction);
    const tolerance = settings.tolerance * Math.max(Math.abs(analytic), size / Math.sqrt(dimensions), 1e-6);
    const difference = (step: number): number => {
      const [right = 0, left = 0] = [step, -step].map((distance) =>
        observed(compute, moved(at, direction, distance), g),
      );
      return (right - left) / (2 * step);
    };
    const nearest = nearestDifference(difference, analytic, tolerance);
    if (!(Math.abs(nearest - analytic) <= tolerance)) throw wrongGradient(what, nearest, analytic, tolerance);
  }
};

/** The first difference within the tolerance; of those that are all outside, the nearest. */
const nearestDifference = (
  difference: (step: number) => number,
  analytic: number,
  tolerance: number,
): number => {
  let nearest = Number.NaN;
  for (const step of STEPS) {
    const next = difference(step);
    if (!(Math.abs(nearest - analytic) <= Math.abs(next - analytic))) nearest = next;
    if (Math.abs(next - analytic) <= tolerance) break;
  }
  return nearest;
};
