// Whatever the graph, simplified it computes the same; simplifying it again changes nothing.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { interpret } from '../src/interpret/interpret.ts';
import type { Kind } from '../src/ir/node.ts';
import { simplify } from '../src/simplify/simplify.ts';
import { expectClose } from './expect-close.ts';
import { randomGraph } from './random-graph.ts';

/** Kinds that most rules are about. */
const MOVES: readonly Kind[] = [
  'binary',
  'unary',
  'broadcast',
  'concat',
  'matMul',
  'pad',
  'reduce',
  'reshape',
];
const MOVING: readonly Kind[] = [...MOVES, 'select', 'slice', 'transpose', 'transpose', 'binary', 'reshape'];

it.each([
  ['of all kinds', randomGraph()],
  ['of moves and arithmetic', randomGraph(30, MOVING)],
])('computes the same numbers, %s', (_, graphs) => {
  fc.assert(
    fc.property(graphs, ({ graph, builder, inputs }) => {
      const simple = simplify(graph, builder);
      expectClose(interpret(simple, inputs), interpret(graph, inputs), 1e-3);
    }),
    { numRuns: Number(process.env['GRAPH_RUNS'] ?? 700) },
  );
});

it('reaches a fixed point', () => {
  fc.assert(
    fc.property(randomGraph(30, MOVING), ({ graph, builder }) => {
      const once = simplify(graph, builder);
      const twice = simplify(once, builder);
      for (const [name, node] of Object.entries(once.outputs)) expect(twice.outputs[name]).toBe(node);
    }),
    { numRuns: 300 },
  );
});
