// Rewrites that pay only for some users of a value: they see the whole graph.
import type { Builder } from '../ir/builder.ts';
import { topological } from '../ir/graph.ts';
import type { Graph } from '../ir/graph.ts';
import { mapGraph } from '../ir/map-graph.ts';
import type { Node } from '../ir/node.ts';
import { rebuild } from '../ir/rebuild.ts';
import { isSwap } from './mat-muls.ts';
import { isElementwise, moveAxes, nearInputs, sizeOfNode } from './shapes.ts';

/** What is asked of the graph: which nodes it has, and how many operands (and outputs) each of them is. */
interface Users {
  readonly has: (node: Node) => boolean;
  readonly of: (node: Node) => number;
}

const usersOf = ({ outputs }: Graph): Users => {
  const counts = new Map<Node, number>();
  const count = (node: Node): Map<Node, number> => counts.set(node, (counts.get(node) ?? 0) + 1);
  const results = Object.values(outputs);
  results.forEach(count);
  for (const node of topological(results)) node.operands.forEach(count);
  return { has: (node) => counts.has(node), of: (node) => counts.get(node) ?? 0 };
};

/** Rewrites `node`, which stands on new operands; `original` is what users and the rest of the graph are known for. */
type SharingRule = (node: Node, original: Node, users: Users, b: Builder) => Node | undefined;

/** transpose(matMul(a, c)) → matMul(cᵀ, aᵀ), if nobody else needs the product. */
const transposeOfMatMul: SharingRule = (node, original, users, b) => {
  if (node.kind !== 'transpose' || !isSwap(node.permutation)) return undefined;
  const [product] = node.operands;
  if (product.kind !== 'matMul' || users.of(original.operands[0] as Node) > 1) return undefined;
  const [a, c] = product.operands;
  return b.matMul(c, a, !product.transposeB, !product.transposeA);
};

/**
 * transpose(f(transpose⁻¹(x), y)) → f(x, transpose(y)), if nobody else needs f: two transposes become one where a value
 * from elsewhere (the gradient of a dense layer) meets one in the layout. Sinking alone cannot see that (it stops at y).
 */
const transposeOfElementwise: SharingRule = (node, original, users, b) => {
  if (node.kind !== 'transpose') return undefined;
  const [inner] = node.operands;
  const [innerOriginal] = original.operands as readonly [Node];
  if (!isElementwise(inner) || users.of(innerOriginal) > 1) return undefined;
  const full = inner.operands.filter((operand) => sizeOfNode(operand) === sizeOfNode(inner));
  const undone = full.filter((operand) => isUndone(operand, node.permutation));
  if (undone.length === 0 || 2 * undone.length < full.length) return undefined;
  const shared = innerOriginal.operands.some(
    (operand) => operand.kind === 'transpose' && users.of(operand) > 1,
  );
  if (shared) return undefined;
  const rank = node.permutation.length;
  const operands = inner.operands.map((operand) => moveAxes(operand, rank, node.permutation, b));
  return rebuild(inner, operands, b);
};

/** Whether this is a transpose that the permutation takes back, of a value that does not rest near the inputs. */
const isUndone = (operand: Node, permutation: readonly number[]): boolean =>
  operand.kind === 'transpose' &&
  !nearInputs(operand.operands[0]) &&
  permutation.every((axis, at) => operand.permutation[axis] === at);

/** step(x) → step(relu(x)), where relu(x) lives anyway: x itself need not. */
const stepOfRelu: SharingRule = (node, original, users, b) => {
  if (node.kind !== 'unary' || node.op !== 'step') return undefined;
  const reluOf = (x: Node): Node => b.unary('relu', x);
  return users.has(reluOf(original.operands[0] as Node))
    ? b.unary('step', reluOf(node.operands[0]))
    : undefined;
};

/** x > 0 → relu(x) > 0, likewise. */
const positiveOfRelu: SharingRule = (node, original, users, b) => {
  if (node.kind !== 'binary' || node.op !== 'greater') return undefined;
  const [x, zero] = node.operands;
  if (zero.kind !== 'fill' || zero.value !== 0 || x.type.dtype !== 'float32') return undefined;
  return users.has(b.unary('relu', original.operands[0] as Node))
    ? b.binary('greater', b.unary('relu', x), zero)
    : undefined;
};

const RULES: readonly SharingRule[] = [positiveOfRelu, stepOfRelu, transposeOfElementwise, transposeOfMatMul];

/** Applies each rule that looks at users once, everywhere. */
export const shareWork = (graph: Graph, builder: Builder): Graph => {
  const users = usersOf(graph);
  return mapGraph(graph, builder, (node, original) => {
    for (const rule of RULES) {
      const result = rule(node, original, users, builder);
      if (result !== undefined) return result;
    }
    return node;
  });
};
