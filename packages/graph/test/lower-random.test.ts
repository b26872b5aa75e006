// Whatever the graph, onnxruntime computes what the interpreter does: lowered as it is, and after all passes.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { interpret } from '../src/interpret/interpret.ts';
import { createBuilder } from '../src/ir/builder.ts';
import type { Graph } from '../src/ir/graph.ts';
import { isSpatial } from '../src/ir/kinds.ts';
import { topological } from '../src/ir/graph.ts';
import { layOut } from '../src/layout/lay-out.ts';
import { lower } from '../src/lower/lower.ts';
import { simplify } from '../src/simplify/simplify.ts';
import { randomGraph } from './random-graph.ts';
import { runModel } from './run-model.ts';

const compile = (graph: Graph): Graph =>
  simplify(layOut(simplify(graph, createBuilder()), createBuilder()), createBuilder());

const hasSpatial = ({ outputs }: Graph): boolean => topological(Object.values(outputs)).some(isSpatial);

const close = (actual: ArrayLike<number>, expected: ArrayLike<number>): boolean =>
  actual.length === expected.length &&
  Array.from(expected).every((x, i) => Math.abs((actual[i] ?? NaN) - x) <= 1e-3 * (1 + Math.abs(x)));

it.each([
  ['as they are', (graph: Graph) => graph],
  ['simplified and laid out', compile],
])('random graphs, %s', async (_, pass) => {
  await fc.assert(
    fc.asyncProperty(randomGraph(24), async ({ graph, inputs }) => {
      fc.pre(Object.keys(graph.outputs).length > 0);
      fc.pre(pass === compile || !hasSpatial(graph));
      const expected = interpret(graph, inputs);
      const actual = await runModel(lower(pass(graph)), inputs);
      for (const [name, { shape, dtype, data }] of Object.entries(expected)) {
        expect([name, actual[name]?.shape, actual[name]?.dtype]).toEqual([name, shape, dtype]);
        if (!close(actual[name]?.data ?? [], data)) expect(actual[name]?.data, name).toEqual(data);
      }
    }),
    { numRuns: Number(process.env['GRAPH_RUNS'] ?? 100) },
  );
});
