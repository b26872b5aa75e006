// Factors smaller than what they multiply: per channel, per row, or one number. They are multiplied with each other
// before they meet the large operand, and leave sums that they are constant in (`reductions.ts`), so that the gradient of a batch norm
// takes few passes over the images. `x` is large, `s` and `t` are small.
//
// Range: s·t may overflow or vanish where (x·s)·t does not. Gradients do not come near that.
import type { BinaryNode, Node } from '../ir/node.ts';
import type { Rule } from './rule.ts';
import { isKnown, sizeOfNode } from './shapes.ts';

/** A product with a factor smaller than the result, which stands second (`algebra` puts it there). */
export interface Scaled {
  readonly x: Node;
  readonly factor: Node;
}

/** x·s, as its parts. */
export const scaled = (node: Node): Scaled | undefined => {
  if (node.kind !== 'binary' || node.op !== 'mul' || node.type.dtype !== 'float32') return undefined;
  const [x, factor] = node.operands;
  return sizeOfNode(factor) < sizeOfNode(node) && sizeOfNode(x) === sizeOfNode(node)
    ? { x, factor }
    : undefined;
};

/** (x·s)·t → x·(s·t) */
export const joinFactors: Rule<BinaryNode> = (node, b) => {
  const outer = scaled(node);
  const inner = outer && scaled(outer.x);
  if (outer === undefined || inner === undefined) return undefined;
  if (isKnown(inner.factor) && isKnown(outer.factor)) return undefined;
  const factor = b.binary('mul', inner.factor, outer.factor);
  return sizeOfNode(factor) < sizeOfNode(node) ? b.binary('mul', inner.x, factor) : undefined;
};

/** Whether computing something for each element of s is cheap beside x. */
export const isSmallBeside = (s: Node, x: Node): boolean => 2 * sizeOfNode(s) <= sizeOfNode(x);

/** x/s → x·(1/s): one division a factor instead of one an element. */
export const divideByFactor: Rule<BinaryNode> = ({ op, operands: [x, s], type }, b) =>
  op === 'div' && type.dtype === 'float32' && !isKnown(s) && isSmallBeside(s, x)
    ? b.binary('mul', x, b.unary('reciprocal', s))
    : undefined;
