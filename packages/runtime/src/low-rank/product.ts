// W = mean + U V in canonical float32 arithmetic: products and sums rounded one by one, in this order, on every machine.
import { initMoments } from '../space/init-moments.ts';
import type { ParameterSpace } from '../space/parameter.ts';
import type { Factor } from './factors.ts';

/**
 * Writes mean + U V into `w`: U `[rows, rank]`, V `[rank, columns]` and W `[rows, columns]`, all row by row.
 * w_ij = mean + ((u_i0·v_0j + u_i1·v_1j) + u_i2·v_2j) + …
 */
const product = (
  u: Float32Array,
  v: Float32Array,
  rank: number,
  columns: number,
  mean: number,
  w: Float32Array,
): void => {
  for (let first = 0, row = 0; first < w.length; first += columns, row += rank) {
    w.fill(0, first, first + columns);
    for (let k = 0; k < rank; k++) {
      const factor = u[row + k] as number;
      for (let j = 0; j < columns; j++) {
        // A Float32Array rounds what it is given.
        w[first + j] = (w[first + j] as number) + Math.fround(factor * (v[k * columns + j] as number));
      }
    }
    if (mean !== 0) for (let j = 0; j < columns; j++) w[first + j] = (w[first + j] as number) + mean;
  }
};

/**
 * θ of a space, flat, from the values of its `factorSpecs`, flat too: products where a matrix is factorized, the same
 * numbers elsewhere.
 */
export const multipliedFactors = (
  { parameters, size: all }: Pick<ParameterSpace, 'parameters' | 'size'>,
  factors: readonly Factor[],
  inner: Float32Array,
): Float32Array => {
  const theta = new Float32Array(all);
  const byName = new Map(factors.map((factor) => [factor.parameter.name, factor]));
  let at = 0;
  const next = (count: number): Float32Array => inner.subarray(at, (at += count));
  for (const parameter of parameters) {
    const { name, offset, size } = parameter;
    const factor = byName.get(name);
    if (factor) {
      const { rows, columns, rank } = factor;
      const [u, v] = [next(rows * rank), next(rank * columns)];
      const mean = Math.fround(initMoments(parameter).mean);
      product(u, v, rank, columns, mean, theta.subarray(offset, offset + size));
    } else theta.set(next(size), offset);
  }
  return theta;
};

/** What the products cost, in operations of about a nanosecond. */
export const factorOperations = (factors: readonly Factor[]): number =>
  factors.reduce((sum, { rows, columns, rank }) => sum + 2 * rows * columns * rank, 0);
