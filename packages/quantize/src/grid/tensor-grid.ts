// Rounding to a grid on tensors, with straight-through gradients: backwards, rounding does nothing, and what was clipped
// gets no gradient (Bengio et al. 2013; Jacob et al. 2018).
import {
  CLIPPING_RATIOS,
  LEAST_COUNT,
  LEAST_SCALE,
  levelsOf,
  MOST_REACH,
  type GridOptions,
} from '@mapping-networks/runtime/canonical';
import * as tf from '@tensorflow/tfjs-core';

/** `x` on its grid, by the formulas of `weightGrid`. Differentiable. */
export const onGrid = (x: tf.Tensor, options: GridOptions): tf.Tensor =>
  straightThrough(x, {
    value: (values) => {
      const { steps, codes, scale } = codesOf(values, options);
      return tf.mul(tf.minimum(tf.maximum(steps, codes.least), codes.most), scale);
    },
    // The range of minMax has all values in it.
    ...(options.range !== 'minMax' && {
      within: (values) => {
        const { steps, codes } = codesOf(values, options);
        return tf.logicalAnd(tf.greaterEqual(steps, codes.least), tf.lessEqual(steps, codes.most));
      },
    }),
  });

/** What rounding gives, and which values lie in its range; absent where all do. */
interface Rounding {
  readonly value: (x: tf.Tensor) => tf.Tensor;
  readonly within?: (x: tf.Tensor) => tf.Tensor;
}

/**
 * A function of x whose gradient is that of x, but 0 for what is not `within`. That is computed in the backward pass,
 * from x: a recorded step has what both passes compute once only.
 */
export const straightThrough = (x: tf.Tensor, { value, within }: Rounding): tf.Tensor => {
  const operation = tf.customGrad((...[values, save]) => {
    (save as tf.GradSaveFunc)([values as tf.Tensor]);
    return {
      value: value(values as tf.Tensor),
      gradFunc: (dy, [saved]) =>
        within === undefined ? tf.clone(dy) : tf.mul(dy, tf.cast(within(saved as tf.Tensor), 'float32')),
    };
  });
  return operation(x);
};

/** How many steps each value lies from 0, rounded, and how many there are. */
const codesOf = (
  x: tf.Tensor,
  options: GridOptions,
): { readonly steps: tf.Tensor; readonly codes: Omit<TensorGrid, 'scale'>; readonly scale: tf.Tensor } => {
  const { scale, ...codes } = gridOf(x, options);
  return { steps: tf.round(tf.div(x, scale)), codes, scale };
};

/** Steps and bounds, in codes from the zero point, broadcast over the slices. */
interface TensorGrid {
  readonly scale: tf.Tensor;
  readonly least: tf.Tensor;
  readonly most: tf.Tensor;
}

const gridOf = (x: tf.Tensor, options: GridOptions): TensorGrid => {
  const { least, most } = levelsOf(options.type, options.symmetric);
  const axes = slicedAxes(x, options);
  const reach = (value: tf.Tensor): tf.Tensor => tf.clipByValue(value, -MOST_REACH, MOST_REACH);
  if (options.symmetric) {
    const scale = tf.maximum(tf.div(reach(tf.max(tf.abs(x), axes, true)), most), LEAST_SCALE);
    return clipped(x, { scale, least: tf.scalar(least), most: tf.scalar(most) }, options);
  }
  const steps = most - least;
  const low = tf.neg(reach(tf.minimum(tf.min(x, axes, true), 0)));
  const high = reach(tf.maximum(tf.max(x, axes, true), 0));
  const unitFor = (below: tf.Tensor): tf.Tensor =>
    tf.maximum(
      tf.div(low, tf.maximum(below, LEAST_COUNT)),
      tf.div(high, tf.maximum(tf.sub(steps, below), LEAST_COUNT)),
    );
  const evenly = tf.maximum(tf.div(tf.add(high, low), steps), LEAST_SCALE);
  const fewer = tf.minimum(tf.floor(tf.div(low, evenly)), steps);
  const more = tf.minimum(tf.add(fewer, 1), steps);
  const [unit, other] = [unitFor(fewer), unitFor(more)];
  const below = tf.where(tf.less(other, unit), more, fewer);
  const scale = tf.maximum(tf.minimum(unit, other), LEAST_SCALE);
  return clipped(x, { scale, least: tf.neg(below), most: tf.sub(steps, below) }, options);
};

/** All that a scale is shared over. */
const slicedAxes = (x: tf.Tensor, { byChannel }: GridOptions): number[] =>
  x.shape.map((_, axis) => axis).slice(0, byChannel ? -1 : undefined);

/** The grid with the scale of the least squared error, slice by slice; the first of equal ones. */
const clipped = (x: tf.Tensor, grid: TensorGrid, options: GridOptions): TensorGrid => {
  if (options.range === 'minMax') return grid;
  const axes = slicedAxes(x, options);
  const steps = tf.div(x, grid.scale);
  const errorOf = (ratio: number): tf.Tensor => {
    const codes = tf.minimum(tf.maximum(tf.round(tf.div(steps, ratio)), grid.least), grid.most);
    return tf.sum(tf.square(tf.sub(steps, tf.mul(codes, ratio))), axes, true);
  };
  const [widest = 1, ...narrower] = CLIPPING_RATIOS;
  let best = { error: errorOf(widest), ratio: tf.onesLike(grid.scale) };
  for (const ratio of narrower) {
    const error = errorOf(ratio);
    const chosen = tf.where(tf.less(error, best.error), tf.fill(grid.scale.shape, ratio), best.ratio);
    best = { error: tf.minimum(error, best.error), ratio: chosen };
  }
  return { ...grid, scale: tf.maximum(tf.mul(grid.scale, best.ratio), LEAST_SCALE) };
};
