// Rewrites that pay only for some users of a value: they see the whole graph.
import type { Builder } from '../ir/builder.ts';
import { topological } from '../ir/graph.ts';
import type { Graph } from '../ir/graph.ts';
import { isSpatial } from '../ir/kinds.ts';
import { mapGraph } from '../ir/map-graph.ts';
import type { Node } from '../ir/node.ts';
import { lowerRank } from './elementwise-sinking.ts';
import { isSwap } from './mat-muls.ts';
import { raiseTranspose } from './transpose-raising.ts';
import { isElementwise } from './shapes.ts';

/** What is asked of the graph: which nodes it has, and how many operands (and outputs) each of them is. */
export interface Users {
  readonly has: (node: Node) => boolean;
  readonly of: (node: Node) => number;
  /** Whether a layout has been chosen: no spatial kind is left. */
  readonly laidOut: boolean;
}

const usersOf = ({ outputs }: Graph): Users => {
  const counts = new Map<Node, number>();
  const count = (node: Node): Map<Node, number> => counts.set(node, (counts.get(node) ?? 0) + 1);
  const results = Object.values(outputs);
  results.forEach(count);
  for (const node of topological(results)) node.operands.forEach(count);
  const laidOut = ![...counts.keys()].some(isSpatial);
  return { has: (node) => counts.has(node), of: (node) => counts.get(node) ?? 0, laidOut };
};

/** Rewrites `node`, which stands on new operands; `original` is what users and the rest of the graph are known for. */
export type SharingRule = (node: Node, original: Node, users: Users, b: Builder) => Node | undefined;

/** transpose(matMul(a, c)) → matMul(cᵀ, aᵀ), if nobody else needs the product. */
const transposeOfMatMul: SharingRule = (node, original, users, b) => {
  if (node.kind !== 'transpose' || !isSwap(node.permutation)) return undefined;
  const [product] = node.operands;
  if (product.kind !== 'matMul' || users.of(original.operands[0] as Node) > 1) return undefined;
  const [a, c] = product.operands;
  return b.matMul(c, a, !product.transposeB, !product.transposeA);
};

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

/** Spatial kinds end in four axes: before they are laid out, a lower rank would come between them. */
const lowestRank: SharingRule = (node, _, { laidOut }, b) =>
  laidOut && isElementwise(node) ? lowerRank(node, b) : undefined;

const RULES: readonly SharingRule[] = [
  lowestRank,
  positiveOfRelu,
  stepOfRelu,
  transposeOfMatMul,
  raiseTranspose,
];

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
