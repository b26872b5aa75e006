// Grids for weights in canonical arithmetic: quotients and products rounded to float32, whole numbers by halves to even,
// squared errors summed in float64 in the order of the tensor. The same codes on every machine.
import { sizeOf } from '../space/parameter.ts';
import { CLIPPING_RATIOS } from './candidates.ts';
import { LEAST_COUNT, LEAST_SCALE, levelsOf, MOST_REACH } from './levels.ts';
import type { WeightQuantization } from './options.ts';
import { roundHalfEven } from './round.ts';

/** Values on a grid: scale · (code − zeroPoint), rounded to float32 after each operation. */
export interface WeightGrid {
  readonly type: 'int8' | 'int4';
  /** In the order of the tensor: −128 … 127, or −8 … 7. */
  readonly codes: Int8Array;
  /** The axis whose slices have scales of their own; absent: one for the tensor. */
  readonly axis?: number;
  readonly scales: Float32Array;
  /** As many as scales; all 0 where the grid is symmetric. */
  readonly zeroPoints: Int32Array;
}

/** How a grid of codes is chosen. */
export interface GridOptions extends Pick<WeightQuantization, 'symmetric' | 'range'> {
  readonly type: WeightGrid['type'];
  /** Whether the last axis has a scale for each of its entries. */
  readonly byChannel: boolean;
}

/** The steps of a slice before any clipping, and where 0 lies. */
interface Units {
  readonly units: Float32Array;
  readonly zeroPoints: Int32Array;
}

/**
 * The grid of a tensor. Per slice, whose weights reach from low ≤ 0 to high ≥ 0:
 *
 * - symmetric, codes from −n to n: unit = max(−low, high) / n, zeroPoint = 0;
 * - affine, n codes beside the lowest: k of them lie below 0, and unit(k) = max(−low / max(k, ε), high / max(n − k, ε)),
 *   ε = 2⁻²⁰, so that neither end is clipped. k is whichever of ⌊z⌋ and ⌊z⌋ + 1 (at most n) has the smaller unit, the
 *   first of equal ones, with z = −low / ((high − low) / n); zeroPoint = lowest code + k;
 * - units below 2⁻¹²⁶ become 2⁻¹²⁶;
 * - scale = ratio · unit, the ratio 1 or that of the least Σ (w/unit − ratio · code)²; symmetric rounded once more, to
 *   (n · scale) / n, so that the grid of what lies on a grid is that grid;
 * - code = round(w / scale) + zeroPoint, no lower than the lowest and no higher than the highest code.
 */
export const weightGrid = (
  values: Float32Array,
  shape: readonly number[],
  options: GridOptions,
): WeightGrid => {
  const { type, symmetric, byChannel, range } = options;
  const { least, most } = levelsOf(type, symmetric);
  const slices = byChannel ? (shape.at(-1) ?? 1) : 1;
  const { units, zeroPoints } = unitsOf(values, slices, options);
  const ratios =
    range === 'mse' ? bestRatios(values, { units, zeroPoints }, options) : new Float32Array(slices).fill(1);
  const scales = units.map((unit, slice) => {
    const scale = Math.max(Math.fround((ratios[slice] ?? 1) * unit), LEAST_SCALE);
    return symmetric ? Math.fround(Math.fround(most * scale) / most) : scale;
  });
  const codes = Int8Array.from(values, (value, i) => {
    const slice = i % slices;
    const steps = roundHalfEven(Math.fround(value / (scales[slice] ?? 1)));
    return Math.min(most, Math.max(least, steps + (zeroPoints[slice] ?? 0)));
  });
  return { type, codes, ...(byChannel && { axis: shape.length - 1 }), scales, zeroPoints };
};

const unitsOf = (values: Float32Array, slices: number, { type, symmetric }: GridOptions): Units => {
  const { least, most } = levelsOf(type, symmetric);
  const lows = new Float32Array(slices);
  const highs = new Float32Array(slices);
  for (let i = 0; i < values.length; i++) {
    const [slice, value] = [i % slices, values[i] ?? 0];
    if (value < (lows[slice] ?? 0)) lows[slice] = Math.max(value, -MOST_REACH);
    if (value > (highs[slice] ?? 0)) highs[slice] = Math.min(value, MOST_REACH);
  }
  const sides = Array.from(lows, (low, slice) => sidesOf(low, highs[slice] ?? 0, most - least, symmetric));
  return {
    units: Float32Array.from(sides, ({ unit }) => Math.max(unit, LEAST_SCALE)),
    zeroPoints: Int32Array.from(sides, ({ below }) => (symmetric ? 0 : least + below)),
  };
};

/** A unit, and how many of `steps` of them lie below 0. */
const sidesOf = (
  low: number,
  high: number,
  steps: number,
  symmetric: boolean,
): { unit: number; below: number } => {
  const unitFor = (below: number): number =>
    Math.fround(
      Math.max(
        Math.fround(-low / Math.max(below, LEAST_COUNT)),
        Math.fround(high / Math.max(steps - below, LEAST_COUNT)),
      ),
    );
  if (symmetric) return { unit: unitFor(steps / 2), below: steps / 2 };
  const evenly = Math.max(Math.fround(Math.fround(high - low) / steps), LEAST_SCALE);
  const below = Math.min(steps, Math.floor(Math.fround(-low / evenly)));
  const candidates = [below, Math.min(steps, below + 1)].map((count) => ({
    unit: unitFor(count),
    below: count,
  }));
  return candidates.reduce((best, next) => (next.unit < best.unit ? next : best));
};

/** For each slice the ratio of the least squared error; the first of equal ones. */
const bestRatios = (
  values: Float32Array,
  { units, zeroPoints }: Units,
  { type, symmetric }: GridOptions,
): Float32Array => {
  const { least, most } = levelsOf(type, symmetric);
  const slices = units.length;
  const steps = values.map((value, i) => value / (units[i % slices] ?? 1));
  const best = new Float64Array(slices).fill(Infinity);
  const ratios = new Float32Array(slices).fill(1);
  for (const ratio of CLIPPING_RATIOS) {
    const errors = new Float64Array(slices);
    for (let i = 0; i < steps.length; i++) {
      const slice = i % slices;
      const [step, zero] = [steps[i] ?? 0, zeroPoints[slice] ?? 0];
      const code = Math.min(most - zero, Math.max(least - zero, roundHalfEven(Math.fround(step / ratio))));
      const error = step - ratio * code;
      errors[slice] = (errors[slice] ?? 0) + error * error;
    }
    errors.forEach((error, slice) => {
      if (!(error < (best[slice] ?? 0))) return;
      best[slice] = error;
      ratios[slice] = ratio;
    });
  }
  return ratios;
};

/**
 * The values of a grid: scale · (code − zeroPoint), rounded to float32.
 *
 * @example
 * ```ts
 * import { dequantize } from '@mapping-networks/runtime/canonical';
 * const grid = { codes: Int8Array.of(-2, 4), axis: 0, scales: Float32Array.of(0.5, 0.25), zeroPoints: Int32Array.of(0, 1) };
 * console.log(dequantize({ type: 'int8', ...grid }, [2])); // Float32Array [-1, 0.75]
 * ```
 */
export const dequantize = (grid: WeightGrid, shape: readonly number[]): Float32Array => {
  const { codes, axis, scales, zeroPoints } = grid;
  const slices = scales.length;
  // How many elements of a slice stand together.
  const run = axis === undefined ? 1 : sizeOf(shape.slice(axis + 1));
  return Float32Array.from(codes, (code, i) => {
    const slice = Math.floor(i / run) % slices;
    return (scales[slice] ?? 1) * (code - (zeroPoints[slice] ?? 0));
  });
};
