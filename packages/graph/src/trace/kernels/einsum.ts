// Sums of products over named axes: operands are brought to the order of all axes; products and sums take turns.
import { backend_util, type EinsumAttrs } from '@tensorflow/tfjs-core';
import type { Builder } from '../../ir/builder.ts';
import type { Node } from '../../ir/node.ts';
import { ofList, type Kernels } from '../kernel.ts';

/** The operand with its axes in the order of the `rank` axes that are left, sides of 1 for those it does not have. */
const aligned = (b: Builder, x: Node, rank: number, axes: number[]): Node => {
  const { permutationIndices, expandDims } = backend_util.getEinsumPermutation(rank, axes);
  const ordered = b.transpose(x, permutationIndices);
  const shape = expandDims.reduce<readonly number[]>(
    (sides, axis) => sides.toSpliced(axis, 0, 1),
    ordered.type.shape,
  );
  return b.reshape(ordered, shape);
};

export const EINSUM: Kernels = {
  Einsum: ofList<EinsumAttrs>((b, xs, { equation }) => {
    const { allDims, summedDims, idDims } = backend_util.decodeEinsumEquation(equation, xs.length);
    const { path, steps } = backend_util.getEinsumComputePath(summedDims, idDims);
    const product = steps.reduce<Node | undefined>((before, operands, step) => {
      const factors = operands.map((at) =>
        aligned(b, xs[at] as Node, allDims.length - step, idDims[at] ?? []),
      );
      const whole = factors.reduce((left, right) => b.binary('mul', left, right), before ?? b.scalar(1));
      const axis = path[step] ?? -1;
      return step < steps.length - 1 && axis >= 0 ? b.reduce('sum', whole, [axis - step]) : whole;
    }, undefined);
    return product ?? b.scalar(1);
  }),
};
