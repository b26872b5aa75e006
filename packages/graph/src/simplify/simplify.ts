// Simplification: the same numbers from fewer and smaller nodes, by rules that rewrite one node each.
//
// Order. A round goes through the graph once, operands first. Each node is made anew over simplified operands and
// rewritten until no rule applies; what a rule makes is simplified in the same way, before the next node is looked at.
// Then the rules that need to know the users of a value are applied (`sharing.ts`). Rounds follow until one changes
// nothing: nodes are hash-consed, so that an unchanged graph has the very same outputs.
//
// Termination. Each rule of one node does one of these, and none undoes what another does:
//   - it leaves fewer nodes, or constants in the place of nodes;
//   - it makes operands smaller (scalar fills, sums of fewer elements, factors joined) and the node not larger;
//   - it moves a broadcast, transpose or reshape from an operand to the result. In the order reshape, transpose,
//     broadcast they pass each other in one direction only. What is moved back to the other operands is small, or rests
//     near the inputs, and does not set out again (`elementwise-sinking.ts`);
//   - it puts operands into canonical order: larger ones, then known ones last.
// Rules that look at users lower the rank, leave fewer transposes (`transpose-raising.ts` says why they do not sink
// again), or exchange an operand for one that is alive anyway. Should they ever alternate with the others, rounds are
// counted.
import type { Builder } from '../ir/builder.ts';
import { topological } from '../ir/graph.ts';
import type { Graph } from '../ir/graph.ts';
import type { InputNode, Node } from '../ir/node.ts';
import { rebuild } from '../ir/rebuild.ts';
import { rulesFor } from './rules.ts';
import { shareWork } from './sharing.ts';

/** Far more than graphs need to come to rest. */
const MOST_ROUNDS = 16;

/**
 * The graph in its simplest form, with nodes of the builder. Inputs stay, also those that nothing needs any more. The
 * results are the same up to rounding: constants are folded and factors joined.
 *
 * @example
 * ```ts
 * import { createBuilder, simplify } from '@mapping-networks/graph';
 * const b = createBuilder();
 * const x = b.input('x', { shape: [2, 3], dtype: 'float32' });
 * const turnedTwice = b.transpose(b.transpose(x, [1, 0]), [1, 0]);
 * const y = b.binary('mul', turnedTwice, b.scalar(1));
 * console.log(simplify({ inputs: [x], outputs: { y } }, createBuilder()).outputs['y']?.kind); // input
 * ```
 */
export const simplify = (graph: Graph, builder: Builder): Graph => {
  const simplest = createSimplifier(builder);
  let current = simplest(graph);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = simplest(shareWork(current, builder));
    if (sameOutputs(current, next)) break;
    current = next;
  }
  return current;
};

const sameOutputs = (a: Graph, b: Graph): boolean =>
  Object.entries(a.outputs).every(([name, node]) => b.outputs[name] === node);

/** One round; remembers the simplest form of each node from round to round. */
const createSimplifier = (builder: Builder): ((graph: Graph) => Graph) => {
  const forms = new Map<Node, Node>();

  /** Recursion goes through nodes that rules have just made; all others are known by then. */
  const simplest = (node: Node): Node => {
    const known = forms.get(node);
    if (known !== undefined) return known;
    const over = rebuild(node, node.operands.map(simplest), builder);
    const next = over === node ? rewritten(node) : over;
    const form = next === undefined ? node : simplest(next);
    forms.set(node, form);
    return form;
  };

  const rewritten = (node: Node): Node | undefined => {
    for (const rule of rulesFor(node)) {
      const result = rule(node, builder);
      if (result !== undefined && result !== node) return result;
    }
    return undefined;
  };

  return ({ inputs, outputs }) => {
    for (const node of topological(Object.values(outputs))) simplest(node);
    return {
      inputs: inputs.map((input) => rebuild(input, [], builder) as InputNode),
      outputs: Object.fromEntries(Object.entries(outputs).map(([name, node]) => [name, simplest(node)])),
    };
  };
};
