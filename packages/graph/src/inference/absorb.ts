// What a run need not compute, because it can be done to the weights once: the scale of a batch normalization goes into
// the convolution before it, its shift into the bias, and the order of channels behind a flattened image into the rows
// of the dense layer that reads it. Each rule changes a node and the operand that it alone reads.
import type { Builder } from '../ir/builder.ts';
import { topological, type Graph } from '../ir/graph.ts';
import { mapGraph } from '../ir/map-graph.ts';
import type { Node } from '../ir/node.ts';
import { rebuild } from '../ir/rebuild.ts';
import { joinAffine, scaleProduct, towardsAffine } from './absorb-affine.ts';
import { averageWithPadding, paddedCorrelation } from './absorb-pads.ts';
import type { AbsorbingRule } from './absorbing-rule.ts';
import { createDependence, type Recorded } from './dependence.ts';

/** Far more than layers that follow each other take. */
const MOST_ROUNDS = 32;

interface Absorbable extends Recorded {
  /** Names of weights whose numbers have to stay as they are. */
  readonly exact: ReadonlySet<string>;
}

/** The graph with as much as possible done to the inputs that are weights. */
export const absorbIntoWeights = (graph: Graph, recorded: Absorbable, b: Builder): Graph => {
  const { exact } = recorded;
  const dependence = createDependence(recorded);
  const isExact = (node: Node): boolean =>
    topological([node]).some((inner) => inner.kind === 'input' && exact.has(inner.name));
  let current = graph;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const uses = countUses(current);
    const next = mapGraph(current, b, (node, original) => {
      dependence(node);
      const alone = (operand: number): boolean => uses.get(original.operands[operand] as Node) === 1;
      for (const rule of RULES) {
        const result = rule(node, { b, dependence, isExact, alone });
        if (result !== undefined) return result;
      }
      return node;
    });
    if (Object.entries(next.outputs).every(([name, node]) => current.outputs[name] === node)) return next;
    current = next;
  }
  return current;
};

const countUses = ({ outputs }: Graph): ReadonlyMap<Node, number> => {
  const counts = new Map<Node, number>();
  const count = (node: Node): unknown => counts.set(node, (counts.get(node) ?? 0) + 1);
  for (const node of topological(Object.values(outputs))) node.operands.forEach(count);
  Object.values(outputs).forEach(count);
  return counts;
};

/** flatten(transpose(y)) W → flatten(y) W′, the rows of W in the order in which y lies */
const reorderRows: AbsorbingRule = (node, { b, dependence }) => {
  if (node.kind !== 'matMul' || node.transposeA || node.type.shape.length !== 2) return undefined;
  const [flat, weights] = node.operands;
  const [turned] = flat.kind === 'reshape' ? flat.operands : [];
  if (turned?.kind !== 'transpose' || dependence(weights) === 'runtime') return undefined;
  const { permutation, operands } = turned;
  const sides = turned.type.shape.slice(1);
  const whole = permutation[0] === 0 && sizeOfSides(sides) === flat.type.shape[1];
  if (!whole || dependence(turned) !== 'runtime') return undefined;
  const back = sides.map((_, axis) => permutation.indexOf(axis + 1));
  const axis = node.transposeB ? 1 : 0;
  const outputs = weights.type.shape[1 - axis] as number;
  const split = node.transposeB ? [outputs, ...sides] : [...sides, outputs];
  const order = node.transposeB ? [0, ...back] : [...back.map((at) => at - 1), sides.length];
  const moved = b.reshape(b.transpose(b.reshape(weights, split), order), weights.type.shape);
  return b.matMul(b.reshape(operands[0], flat.type.shape), moved, false, node.transposeB);
};

const sizeOfSides = (sides: readonly number[]): number => sides.reduce((product, side) => product * side, 1);

/** relu(max pool of x) → max pool of relu(x): tools join a convolution and the relu behind it. */
const reluFirst: AbsorbingRule = (node, { b, alone }) => {
  if (node.kind !== 'unary' || node.op !== 'relu' || !alone(0)) return undefined;
  const [pool] = node.operands;
  if (pool.kind !== 'pool' || pool.op !== 'max') return undefined;
  return rebuild(pool, [b.unary('relu', pool.operands[0])], b);
};

const RULES: readonly AbsorbingRule[] = [
  reluFirst,
  towardsAffine,
  scaleProduct,
  joinAffine,
  reorderRows,
  paddedCorrelation,
  averageWithPadding,
];
