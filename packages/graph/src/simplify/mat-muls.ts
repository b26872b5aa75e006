// Matrix products read their operands either way: transposes of the last two axes become flags.
import type { MatMulNode, Node, TransposeNode } from '../ir/node.ts';
import type { Rule } from './rule.ts';

/** Whether only the last two axes change places. */
const swapsLastTwo = (node: Node): node is TransposeNode =>
  node.kind === 'transpose' && isSwap(node.permutation);

export const isSwap = (permutation: readonly number[]): boolean => {
  const rank = permutation.length;
  return permutation.every((axis, at) => axis === (at < rank - 2 ? at : 2 * rank - 3 - at));
};

/** matMul(transpose(a), b) → matMul(a, b) that reads a the other way. */
export const matMulOfTransposes: Rule<MatMulNode> = ({ operands: [a, c], transposeA, transposeB }, b) => {
  const swapA = swapsLastTwo(a);
  const swapC = swapsLastTwo(c);
  if (!swapA && !swapC) return undefined;
  return b.matMul(
    swapA ? a.operands[0] : a,
    swapC ? c.operands[0] : c,
    transposeA !== swapA,
    transposeB !== swapC,
  );
};
