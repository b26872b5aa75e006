// Nodes that onnxruntime does in one go with the node before them: a bias, added to a product or correlation that
// nothing else reads, is their third operand. Layouts put reshapes in between, which are seen through.
import { sizeOf } from '@mapping-networks/core';
import type { BinaryNode, CrossCorrelationNode, MatMulNode, Node } from '../ir/node.ts';
import { sameShape } from '../ir/same-shape.ts';
import type { Value } from './emitter.ts';
import { correlation } from './correlation.ts';
import { matrixProduct } from './product.ts';
import { isEmpty, reshaped, type Scope } from './scope.ts';

type ProductNode = CrossCorrelationNode | MatMulNode;

interface Biased {
  readonly product: ProductNode;
  readonly bias: Node;
  /** What the operator wants the bias to look like. */
  readonly biasShape: readonly number[];
  /** The product and the reshapes behind it. */
  readonly absorbed: readonly Node[];
}

/** What is done in one go, by its last node, and the nodes that need not be lowered themselves. */
export interface Fusions {
  readonly biased: ReadonlyMap<Node, Biased>;
  readonly absorbed: ReadonlySet<Node>;
}

const uses = (nodes: readonly Node[], outputs: readonly Node[]): ReadonlyMap<Node, number> => {
  const counts = new Map<Node, number>();
  const count = (node: Node): unknown => counts.set(node, (counts.get(node) ?? 0) + 1);
  for (const node of nodes) node.operands.forEach(count);
  outputs.forEach(count);
  return counts;
};

/** The nodes from `node` down to a product or correlation through reshapes, each read once. */
const chain = (node: Node, count: ReadonlyMap<Node, number>): readonly Node[] => {
  const nodes: Node[] = [];
  for (let at = node; count.get(at) === 1; at = at.operands[0]) {
    nodes.push(at);
    if (at.kind !== 'reshape') break;
  }
  return nodes;
};

/** How the bias must be shaped, where it varies along the channels (or columns) of the product only. */
const biasShape = (
  product: ProductNode,
  shape: readonly number[],
  bias: Node,
): readonly number[] | undefined => {
  const varying = bias.type.shape.flatMap((side, axis) => (side === 1 ? [] : [axis]));
  const [axis = -1] = varying;
  if (varying.length !== 1 || isEmpty(shape) || isEmpty(product.operands[0].type.shape)) return undefined;
  const at = axis + shape.length - bias.type.shape.length;
  const before = sizeOf(shape.slice(0, at));
  const side = shape[at];
  const [rows, columns] = product.type.shape;
  if (product.kind === 'crossCorrelation')
    return before === rows && side === columns ? [columns ?? 0] : undefined;
  if (product.operands.some(({ type }) => type.shape.length !== 2)) return undefined;
  if (before === 1 && side === rows) return [rows ?? 0, 1];
  return before === rows && side === columns ? [1, columns ?? 0] : undefined;
};

const isProduct = (node: Node | undefined): node is ProductNode =>
  node?.kind === 'crossCorrelation' || node?.kind === 'matMul';

/** `summand` + `bias` as one operator, where the summand is a product of the shape of the sum. */
const biasedBy = (
  summand: Node,
  bias: Node,
  sum: BinaryNode,
  count: ReadonlyMap<Node, number>,
): Biased | undefined => {
  const absorbed = chain(summand, count);
  const product = absorbed.at(-1);
  if (!isProduct(product) || product.type.dtype !== 'float32') return undefined;
  if (!sameShape(summand.type.shape, sum.type.shape)) return undefined;
  const shape = biasShape(product, summand.type.shape, bias);
  return shape && { product, bias, biasShape: shape, absorbed };
};

export const findFusions = (nodes: readonly Node[], outputs: readonly Node[]): Fusions => {
  const count = uses(nodes, outputs);
  const biased = new Map<Node, Biased>();
  const absorbed = new Set<Node>();
  for (const node of nodes) {
    if (node.kind !== 'binary' || node.op !== 'add') continue;
    const [a, b] = node.operands;
    const found = biasedBy(a, b, node, count) ?? biasedBy(b, a, node, count);
    if (found === undefined) continue;
    biased.set(node, found);
    found.absorbed.forEach((inner) => absorbed.add(inner));
  }
  return { biased, absorbed };
};

export const lowerBiased = (
  { type }: Node,
  { product, bias, biasShape: shape }: Biased,
  scope: Scope,
): Value => {
  // Any shape that broadcasts will do for Gemm; most tools write a vector.
  const [first, ...rest] = shape;
  const vector = reshaped(scope, scope.value(bias), scope.conventional && first === 1 ? rest : shape);
  if (product.kind === 'crossCorrelation') {
    return reshaped(scope, correlation(product, scope, vector), type.shape);
  }
  const [a, b] = product.operands;
  return reshaped(scope, matrixProduct(scope, [scope.value(a), scope.value(b), vector], product), type.shape);
};
