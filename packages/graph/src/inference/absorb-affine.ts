// Scales and shifts that are the same in every run: they join each other, and scales join the weights of a convolution or
// dense layer. What is left of a batch normalization behind one is its bias.
import type { CrossCorrelationNode, MatMulNode, Node } from '../ir/node.ts';
import { sizeOfNode, toRank } from '../simplify/shapes.ts';
import type { Absorbing, AbsorbingRule } from './absorbing-rule.ts';

interface Affine {
  readonly op: 'add' | 'mul';
  /** The operand that depends on the example, and its place among the operands. */
  readonly x: Node;
  readonly place: 0 | 1;
  /** The one that does not. */
  readonly fixed: Node;
}

/** x + t or x · t of float32, where t is the same in every run. */
const affine = (node: Node, { dependence }: Absorbing): Affine | undefined => {
  if (node.kind !== 'binary' || (node.op !== 'add' && node.op !== 'mul')) return undefined;
  if (node.type.dtype !== 'float32') return undefined;
  const [a, c] = node.operands;
  const [ofA, ofC] = [dependence(a), dependence(c)];
  if (ofA === 'runtime' && ofC !== 'runtime') return { op: node.op, x: a, place: 0, fixed: c };
  return ofC === 'runtime' && ofA !== 'runtime' ? { op: node.op, x: c, place: 1, fixed: a } : undefined;
};

const OPPOSITE = {
  div: { op: 'mul', inverse: 'reciprocal' },
  sub: { op: 'add', inverse: 'neg' },
} as const;

/** x − t → x + (−t), x / t → x · (1/t), for weights t */
export const towardsAffine: AbsorbingRule = (node, { b, dependence }) => {
  if (node.kind !== 'binary' || (node.op !== 'sub' && node.op !== 'div')) return undefined;
  const [x, t] = node.operands;
  if (dependence(x) !== 'runtime' || dependence(t) !== 'weight' || t.type.dtype !== 'float32')
    return undefined;
  const { op, inverse } = OPPOSITE[node.op];
  return b.binary(op, x, b.unary(inverse, t));
};

/** (x + t) + u → x + (t + u), (x · t) · u → x · (t · u), (x + t) · s → x · s + t · s */
export const joinAffine: AbsorbingRule = (node, absorbing) => {
  const { b, dependence, alone } = absorbing;
  const outer = affine(node, absorbing);
  if (outer === undefined || !alone(outer.place)) return undefined;
  const inner = affine(outer.x, absorbing);
  if (inner === undefined || (inner.op === 'mul' && outer.op === 'add')) return undefined;
  if (dependence(inner.fixed) === 'literal' && dependence(outer.fixed) === 'literal') return undefined;
  const joined = b.binary(outer.op, inner.fixed, outer.fixed);
  if (sizeOfNode(joined) > Math.max(sizeOfNode(inner.fixed), sizeOfNode(outer.fixed))) return undefined;
  return inner.op === outer.op
    ? b.binary(outer.op, inner.x, joined)
    : b.binary('add', b.binary('mul', inner.x, outer.fixed), joined);
};

/** Whether `factor` has one number for each place along an axis of y, or one for all. */
const variesAlong = (factor: Node, y: Node, axis: number): boolean => {
  const rank = y.type.shape.length;
  if (factor.type.shape.length > rank) return false;
  return toRank(factor.type.shape, rank).every((side, at) => side === 1 || at === axis);
};

/** (x ∗ W) · s → x ∗ (W · s), for one number a channel of the result */
export const scaleProduct: AbsorbingRule = (node, absorbing) => {
  const { b, dependence, isExact, alone } = absorbing;
  const scale = affine(node, absorbing);
  if (scale?.op !== 'mul' || !alone(scale.place) || !isProduct(scale.x)) return undefined;
  const { x: product, fixed } = scale;
  const [x, filter] = product.operands;
  const axis = channelAxis(product);
  if (
    axis === undefined ||
    dependence(filter) === 'runtime' ||
    isExact(filter) ||
    !variesAlong(fixed, product, axis)
  )
    return undefined;
  const outputs =
    product.kind === 'crossCorrelation' || product.transposeB ? 0 : filter.type.shape.length - 1;
  const shape = filter.type.shape.map((_, at) => (at === outputs ? sizeOfNode(fixed) : 1));
  const scaled = b.binary('mul', filter, b.reshape(fixed, shape));
  return product.kind === 'crossCorrelation'
    ? b.make({ ...withoutType(product), operands: [x, scaled] })
    : b.matMul(x, scaled, product.transposeA, product.transposeB);
};

const isProduct = (node: Node): node is CrossCorrelationNode | MatMulNode =>
  node.kind === 'crossCorrelation' || node.kind === 'matMul';

const withoutType = ({
  kind,
  strides,
  dilations,
  before,
  after,
}: CrossCorrelationNode): Omit<CrossCorrelationNode, 'operands' | 'type'> => ({
  kind,
  strides,
  dilations,
  before,
  after,
});

/** The axis of a product's result that its weights have too; undefined for stacks of matrices. */
const channelAxis = (product: CrossCorrelationNode | MatMulNode): number | undefined => {
  if (product.kind === 'crossCorrelation') return 1;
  return product.operands.every(({ type }) => type.shape.length === 2) ? 1 : undefined;
};
