// A node as one readable line, `add(x, transpose[1,0](y))`, and a check that a rewrite gives the expected line and the
// same numbers.
import type { ArrayTensor } from '@mapping-networks/core';
import { match, P } from 'ts-pattern';
import { interpret } from '../src/interpret/interpret.ts';
import { createBuilder, type Builder } from '../src/ir/builder.ts';
import { topological, type Graph } from '../src/ir/graph.ts';
import type { InputNode, Node, NodeOf } from '../src/ir/node.ts';
import { simplify } from '../src/simplify/simplify.ts';
import { expectClose } from './expect-close.ts';

const list = (items: readonly (number | string)[]): string => `[${items.join()}]`;

const strides = (node: NodeOf<'slice'>): string =>
  node.strides.every((stride) => stride === 1) ? '' : list(node.strides);

const attributes = (node: Node): string =>
  match(node)
    .with({ kind: 'fill' }, ({ value, type }) => `${value}${type.shape.length === 0 ? '' : list(type.shape)}`)
    .with({ kind: 'constant' }, ({ data, type }) => list(data.length > 8 ? type.shape : [...data]))
    .with({ kind: P.union('broadcast', 'reshape') }, ({ type }) => list(type.shape))
    .with({ kind: 'slice' }, (slice) => list(slice.begin) + list(slice.type.shape) + strides(slice))
    .with({ kind: 'pad' }, ({ before, after }) => list(before) + list(after))
    .with({ kind: 'transpose' }, ({ permutation }) => list(permutation))
    .with({ kind: 'reduce' }, ({ axes }) => list(axes))
    .with({ kind: P.union('argExtreme', 'concat', 'cumulativeSum', 'gather') }, ({ axis }) => list([axis]))
    .with({ kind: 'matMul' }, ({ transposeA, transposeB }) =>
      transposeA || transposeB ? `${transposeA ? 'ᵀ' : ''}·${transposeB ? 'ᵀ' : ''}` : '',
    )
    .with({ kind: 'cast' }, ({ type }) => list([type.dtype]))
    .otherwise(() => '');

/** What the node computes, in prefix notation; constants are written out. */
export const expression = (node: Node): string => {
  if (node.kind === 'input') return node.name;
  if (node.kind === 'fill' || node.kind === 'constant') return attributes(node);
  const name = 'op' in node ? node.op : node.kind;
  return `${name}${attributes(node)}(${node.operands.map(expression).join(', ')})`;
};

/** The outputs of a graph, one a line. */
export const listing = ({ outputs }: Graph): string =>
  Object.entries(outputs)
    .map(([name, node]) => `${name} = ${expression(node)}`)
    .join('\n');

const numbersFor = ({ type: { shape, dtype } }: InputNode): ArrayTensor => {
  const length = shape.reduce((size, side) => size * side, 1);
  return dtype === 'int32'
    ? { dtype, shape, data: Int32Array.from({ length }, (_, i) => (i * 7) % 3) }
    : {
        dtype: 'float32',
        shape,
        data: Float32Array.from({ length }, (_, i) => Math.sin(i * i + 1) * 2 + 0.3),
      };
};

/** A graph of nodes, with the inputs that they need. */
export const graphOf = (outputs: Readonly<Record<string, Node>>): Graph => ({
  inputs: topological(Object.values(outputs)).filter((node) => node.kind === 'input'),
  outputs,
});

/** Compares what two graphs compute, for one set of numbers. */
export const expectSameNumbers = (before: Graph, after: Graph): void => {
  const inputs = Object.fromEntries(before.inputs.map((input) => [input.name, numbersFor(input)]));
  expectClose(interpret(after, inputs), interpret(before, inputs), 1e-5);
};

/** The simplified expression of what `make` makes; its numbers are compared with those of the original. */
export const simplified = (
  make: (b: Builder, input: (name: string, ...shape: number[]) => Node) => Node,
): string => {
  const b = createBuilder();
  const y = make(b, (name, ...shape) => b.input(name, { shape, dtype: 'float32' }));
  const before = graphOf({ y });
  const after = simplify(before, b);
  expectSameNumbers(before, after);
  return expression(after.outputs['y'] as Node);
};
