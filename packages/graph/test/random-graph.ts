// Random graphs of all kinds, with inputs, for properties such as "simplified, it computes the same". They are grown
// node by node from a list of choices, so that fast-check can shrink a failure to the few nodes that matter.
//
// Values are evaluated while the graph grows. A node is dropped if it would leave a moderate range, and what jumps
// (floor, step, comparisons, …) is applied to `exact` values only: small multiples of 1/256, on which float32
// arithmetic makes no rounding error in whatever order it is done. So any difference beyond 1e-3 is a mistake.
import type { ArrayTensor, NamedArrays } from '@mapping-networks/core';
import * as fc from 'fast-check';
import { EVALUATE } from '../src/interpret/evaluate.ts';
import { createBuilder, type Builder } from '../src/ir/builder.ts';
import type { Graph } from '../src/ir/graph.ts';
import { applyRule, type InputNode, type Kind, type Node } from '../src/ir/node.ts';
import type { ElementArray } from '../src/ir/value-type.ts';
import { listing } from './expression.ts';
import { GROW, isExactKind } from './random-nodes.ts';

/** A graph, the builder of its nodes, and arrays for its inputs. */
export interface RandomGraph {
  readonly graph: Graph;
  readonly builder: Builder;
  readonly inputs: NamedArrays;
  /** What fast-check prints of a counterexample. */
  readonly [fc.toStringMethod]: () => string;
}

/** Nodes so far with their values, and choices to be made. */
export interface Soil {
  readonly b: Builder;
  /** A whole number from 0 to `below` - 1. */
  draw(below: number): number;
  choose<T>(from: readonly T[]): T;
  /** A node that fits, lately grown ones first; undefined if there is none. */
  find(fits: (node: Node) => boolean): Node | undefined;
  values(node: Node): ElementArray;
  isExact(node: Node): boolean;
}

interface Step {
  readonly kind: Kind;
  readonly draws: readonly number[];
}

const LIMIT = 64;
const MOST_ELEMENTS = 2_000;

const isTame = (values: ElementArray): boolean =>
  values.length <= MOST_ELEMENTS && values.every((x) => Math.abs(x) <= LIMIT);

const isMultiple = (values: ElementArray): boolean => values.every((x) => Number.isInteger(x * 256));

/** Multiples of 1/4 from -2 to 2, or indices from 0 to 2. */
const arrayFor = ({ type: { shape, dtype } }: InputNode, seed: number): ArrayTensor => {
  const size = shape.reduce((product, side) => product * side, 1);
  const draw = (i: number): number => Math.imul(i * 7 + seed * 13 + 5, 0x9e3779b1) >>> 24;
  return dtype === 'int32'
    ? { dtype, shape, data: Int32Array.from({ length: size }, (_, i) => draw(i) % 3) }
    : {
        dtype: 'float32',
        shape,
        data: Float32Array.from({ length: size }, (_, i) => (draw(i) % 17) / 4 - 2),
      };
};

const INPUT_SHAPES = {
  image: [2, 4, 4, 2],
  cube: [2, 3, 4],
  matrix: [3, 4],
  square: [3, 3],
  vector: [4],
} as const;

const grow = (steps: readonly Step[], seed: number): RandomGraph => {
  const b = createBuilder();
  const nodes: InputNode[] = Object.entries(INPUT_SHAPES).map(([name, shape]) =>
    b.input(name, { shape, dtype: 'float32' }),
  );
  nodes.push(b.input('indices', { shape: [3], dtype: 'int32' }));
  const inputs = Object.fromEntries(nodes.map((node, i) => [node.name, arrayFor(node, seed + i)]));
  const pool: Node[] = [...nodes];
  const values = new Map<Node, ElementArray>();
  const exact = new Set<Node>();

  /** The values of a node and of all that it needs; false if one of them is out of range. */
  const evaluate = (node: Node): boolean => {
    if (values.has(node)) return true;
    if (!node.operands.every(evaluate)) return false;
    const result = applyRule(
      EVALUATE,
      node,
      node.operands.map((operand) => values.get(operand) as ElementArray),
      inputs,
    );
    if (!isTame(result)) return false;
    values.set(node, result);
    if (isMultiple(result) && isExactKind(node) && node.operands.every((x) => exact.has(x))) exact.add(node);
    return true;
  };
  pool.forEach(evaluate);

  for (const { kind, draws } of steps) {
    let at = 0;
    const draw = (below: number): number => (draws[at++ % draws.length] as number) % below;
    const soil: Soil = {
      b,
      draw,
      choose: (from) => from[draw(from.length)] as (typeof from)[number],
      find: (fits) => {
        const fitting = pool.filter(fits);
        return fitting[fitting.length - 1 - draw(Math.min(fitting.length, 1 + draw(8)) || 1)];
      },
      values: (node) => (evaluate(node) ? (values.get(node) as ElementArray) : new Float32Array([NaN])),
      isExact: (node) => evaluate(node) && exact.has(node),
    };
    const node = GROW[kind](soil);
    if (node !== undefined && evaluate(node)) pool.push(node);
  }

  const used = new Set(pool.flatMap((node) => node.operands));
  const ends = [...new Set(pool)].filter((node) => !used.has(node) && node.kind !== 'input').slice(-4);
  const outputs = ends.map((node, i): [string, Node] => [
    `y${i}`,
    node.type.dtype === 'bool' ? b.cast(node, 'float32') : node,
  ]);
  const graph: Graph = { inputs: nodes, outputs: Object.fromEntries(outputs) };
  return { graph, builder: b, inputs, [fc.toStringMethod]: () => listing(graph) };
};

/** What there is most to do about comes up more often. */
const KINDS: readonly Kind[] = [
  ...(Object.keys(GROW) as Kind[]),
  ...(['binary', 'broadcast', 'reduce', 'reshape', 'transpose', 'unary'] as const),
  ...(['binary', 'reshape', 'transpose', 'transpose', 'binary'] as const),
];

/** Graphs of up to `most` nodes of these kinds (by default, all), grown from five float inputs and one of indices. */
export const randomGraph = (most = 16, kinds: readonly Kind[] = KINDS): fc.Arbitrary<RandomGraph> =>
  fc
    .tuple(
      fc.array(
        fc.record({
          kind: fc.constantFrom(...kinds),
          draws: fc.array(fc.nat(9_999), { minLength: 12, maxLength: 12 }),
        }),
        { minLength: 1, maxLength: most },
      ),
      fc.nat(99),
    )
    .map(([steps, seed]) => grow(steps, seed));
