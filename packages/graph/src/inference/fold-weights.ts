// Whatever is computed of weights alone is computed once, when the network is exported; what runs need of it are weights
// under the names of those that they are made of.
import type { ArrayTensor, NamedArrays } from '@mapping-networks/core';
import { interpret } from '../interpret/interpret.ts';
import type { Builder } from '../ir/builder.ts';
import { topological, type Graph } from '../ir/graph.ts';
import type { Node } from '../ir/node.ts';
import { rebuild } from '../ir/rebuild.ts';
import { moves, placesIn } from '../lower/relocate.ts';
import type { WeightOrigin } from '../onnx/model.ts';
import { sizeOfNode } from '../simplify/shapes.ts';
import { createDependence } from './dependence.ts';

/** A graph whose weights are all inputs, and the arrays for these. */
export interface FoldedGraph {
  readonly graph: Graph;
  readonly weights: NamedArrays;
  /** By name: where the numbers of a weight come from that has only been moved. */
  readonly origins: ReadonlyMap<string, WeightOrigin>;
}

/** Numbers of places up to which they can be computed with float32. */
const MOST_PLACES = 2 ** 24;

/** The weight whose numbers a value holds in another order. */
const originOf = (node: Node): WeightOrigin | undefined => {
  let source = node;
  while (moves(source)) source = source.operands[0] as Node;
  if (source.kind !== 'input' || sizeOfNode(source) > MOST_PLACES) return undefined;
  return { name: source.name, shape: source.type.shape, places: Int32Array.from(placesIn(source, node)) };
};

/** Computes in plain loops, in float64, rounded once a node. */
export const foldWeights = (
  graph: Graph,
  { weights, batch }: { readonly weights: NamedArrays; readonly batch: number },
  b: Builder,
): FoldedGraph => {
  const dependence = createDependence({ weights: new Set(Object.keys(weights)), batch });
  const nodes = topological(Object.values(graph.outputs));
  const kept = new Set<Node>(Object.values(graph.outputs).filter((node) => dependence(node) === 'weight'));
  for (const node of nodes) {
    if (dependence(node) !== 'runtime') continue;
    for (const operand of node.operands) if (dependence(operand) === 'weight') kept.add(operand);
  }
  const names = namesOf(kept);
  const computed = interpret(
    {
      inputs: graph.inputs,
      outputs: Object.fromEntries(Array.from(kept, (node) => [nameIn(names, node), node])),
    },
    weights,
  );
  const made = new Map<Node, Node>();
  for (const node of nodes) {
    const name = names.get(node);
    // What is made of weights and read by nobody but weights is left out.
    if (name !== undefined) made.set(node, weightInput(b, name, node, computed[name] as ArrayTensor));
    else if (dependence(node) !== 'weight') made.set(node, rebuild(node, operandsIn(made, node), b));
  }
  const runtime = graph.inputs.filter(({ name }) => !Object.hasOwn(weights, name));
  return {
    graph: {
      inputs: [
        ...runtime.map(({ name, type }) => b.input(name, type)),
        ...Object.entries(computed).map(([name, { dtype, shape }]) => b.input(name, { dtype, shape })),
      ],
      outputs: Object.fromEntries(
        Object.entries(graph.outputs).map(([name, node]) => [name, made.get(node) as Node]),
      ),
    },
    weights: computed,
    origins: new Map(
      Array.from(kept, (node) => [nameIn(names, node), originOf(node)] as const).filter(isKnown),
    ),
  };
};

const isKnown = (
  entry: readonly [string, WeightOrigin | undefined],
): entry is readonly [string, WeightOrigin] => entry[1] !== undefined;

const operandsIn = (made: ReadonlyMap<Node, Node>, { operands }: Node): readonly Node[] =>
  operands.map((operand) => made.get(operand) as Node);

/** Bools are stored as int32. */
const weightInput = (b: Builder, name: string, { type }: Node, { dtype }: ArrayTensor): Node =>
  b.cast(b.input(name, { dtype, shape: type.shape }), type.dtype);

const nameIn = (names: ReadonlyMap<Node, string>, node: Node): string => names.get(node) as string;

/** The name of the largest weight that a value is made of, a bias or the first of several; with a number where it is taken. */
const namesOf = (kept: ReadonlySet<Node>): ReadonlyMap<Node, string> => {
  const names = new Map<Node, string>();
  const taken = new Set<string>();
  for (const node of kept) {
    const inputs = topological([node]).filter((inner) => inner.kind === 'input');
    const most = Math.max(...inputs.map(sizeOfNode));
    const largest = inputs.filter((input) => sizeOfNode(input) === most).map(({ name }) => name);
    // Scale and shift of a batch normalization make a bias.
    const best = largest.find((given) => given.endsWith('.bias')) ?? largest[0] ?? 'weight';
    let name = best;
    for (let again = 2; taken.has(name); again++) name = `${best}.${again}`;
    taken.add(name);
    names.set(node, name);
  }
  return names;
};
