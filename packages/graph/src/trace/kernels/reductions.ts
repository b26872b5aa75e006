// Reductions over axes, and what is made of them.
import { backend_util, util } from '@tensorflow/tfjs-core';
import type {
  AllAttrs,
  ArgMaxAttrs,
  CumsumAttrs,
  MaxAttrs,
  SoftmaxAttrs,
  SumAttrs,
} from '@tensorflow/tfjs-core';
import type { Builder } from '../../ir/builder.ts';
import type { Node } from '../../ir/node.ts';
import type { ReduceOp } from '../../ir/op-names.ts';
import { kernel, ofOne, type Kernel, type Kernels } from '../kernel.ts';

const axesOf = (axis: number | number[], { type }: Node): number[] =>
  util.parseAxisParam(axis, [...type.shape]);

/** Over the axes; `keepDims` leaves sides of 1 in their places. */
const reduced = (
  b: Builder,
  op: ReduceOp,
  x: Node,
  axis: number | number[],
  keepDims: boolean | undefined,
): Node => {
  const axes = axesOf(axis, x);
  const value = b.reduce(op, x, axes);
  return keepDims ? b.reshape(value, backend_util.expandShapeToKeepDim([...value.type.shape], axes)) : value;
};

/** Bools count as 0 and 1. */
const numeric = (b: Builder, x: Node): Node => (x.type.dtype === 'bool' ? b.cast(x, 'int32') : x);

const sums = (op: 'prod' | 'sum'): Kernel =>
  ofOne<SumAttrs>((b, x, { axis, keepDims }) => reduced(b, op, numeric(b, x), axis, keepDims));

const logical = (op: 'all' | 'any'): Kernel =>
  ofOne<AllAttrs>((b, x, { axis, keepDims }) => reduced(b, op, b.cast(x, 'bool'), axis, keepDims));

const extreme = (op: 'max' | 'min', name: 'axis' | 'reductionIndices'): Kernel =>
  ofOne<MaxAttrs & SumAttrs>((b, x, attributes) => {
    const value = reduced(b, op, numeric(b, x), attributes[name], attributes.keepDims);
    return b.cast(value, x.type.dtype);
  });

const argExtreme = (op: 'max' | 'min'): Kernel =>
  ofOne<ArgMaxAttrs>((b, x, { axis }) => {
    const [first = 0] = axesOf(axis, x);
    return b.argExtreme(op, numeric(b, x), first);
  });

export const REDUCTIONS: Kernels = {
  All: logical('all'),
  Any: logical('any'),
  ArgMax: argExtreme('max'),
  ArgMin: argExtreme('min'),
  Cumsum: ofOne<CumsumAttrs>((b, x, { axis, exclusive, reverse }) => {
    const [first = 0] = axesOf(axis, x);
    return b.cumulativeSum(numeric(b, x), first, exclusive, reverse);
  }),
  Max: extreme('max', 'reductionIndices'),
  Mean: ofOne<SumAttrs>((b, x, { axis, keepDims }) =>
    reduced(b, 'mean', b.cast(x, 'float32'), axis, keepDims),
  ),
  Min: extreme('min', 'axis'),
  Prod: sums('prod'),
  Softmax: kernel<{ logits: Node }, SoftmaxAttrs>((b, { logits }, { dim }) => {
    const shifted = b.binary('sub', logits, reduced(b, 'max', logits, dim, true));
    const powers = b.unary('exp', shifted);
    return b.binary('div', powers, reduced(b, 'sum', powers, dim, true));
  }),
  Sum: sums('sum'),
};
