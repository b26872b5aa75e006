// What lowering does beyond one node at a time: names, fusions, arrays without elements, shared constants.
import { float32 } from '@mapping-networks/core';
import { describe, expect, it } from 'vitest';
import { interpret } from '../src/interpret/interpret.ts';
import { createBuilder } from '../src/ir/builder.ts';
import { lower } from '../src/lower/lower.ts';
import { check, draft, expectSame, REDUCE_OPS } from './lower-cases.ts';
import { runModel } from './run-model.ts';

describe('arrays without elements', () => {
  it('give what no numbers give', async () => {
    for (const op of REDUCE_OPS) {
      const d = draft(1);
      const x = d.float([3, 0, 2]);
      await check(d, d.b.reduce(op, op === 'all' || op === 'any' ? d.b.cast(x, 'bool') : x, [1]));
    }
    const d = draft(1);
    const [none, some] = [d.float([0, 3]), d.float([2, 3])];
    const indices = d.int([0], { least: 0, most: 0 });
    await check(d, d.b.matMul(d.b.transpose(none, [1, 0]), none));
    await check(d, d.b.pad(none, [1, 0], [1, 2], 4));
    await check(d, d.b.concat([none, some], 0));
    await check(d, d.b.segmentSum(none, indices, 2));
    await check(d, d.b.unary('exp', none));
    await check(d, d.b.binary('add', none, d.float([1, 3])));
    await check(d, d.b.gather(some, indices, 0));
    await check(d, d.b.slice(some, [1, 1], [0, 2]));
  });
});

describe('products and correlations with a bias', () => {
  const operators = (model: {
    nodes: readonly { operator: string; inputs: readonly string[] }[];
  }): string[] => model.nodes.map(({ operator, inputs }) => `${operator}/${inputs.length}`);

  it('take it as their third operand, through reshapes', async () => {
    const d = draft(4);
    const convolution = (h: number) =>
      d.b.make({
        kind: 'crossCorrelation',
        operands: [d.float([1, 2, h, 8]), d.float([3, 2, 1, 1])],
        strides: [1, 1],
        dilations: [1, 1],
        before: [0, 0],
        after: [0, 0],
      });
    const bias = d.float([3, 1, 1, 1]);
    const added = d.b.binary('add', d.b.reshape(convolution(5), [3, 5, 4, 2]), bias);
    expect(operators(await check(d, added))).toEqual(['Reshape/2', 'Conv/3', 'Reshape/2']);

    const rows = d.b.matMul(d.float([4, 3]), d.float([4, 10]), true);
    const onRows = d.b.binary('add', bias, d.b.reshape(rows, [3, 5, 2, 1]));
    expect(operators(await check(d, onRows))).toEqual(['Reshape/2', 'Gemm/3', 'Reshape/2']);

    const columns = d.b.binary('add', d.b.matMul(d.float([4, 3]), d.float([3, 10])), d.float([10]));
    expect(operators(await check(d, columns))).toEqual(['Reshape/2', 'Gemm/3']);
  });

  it('keep them apart where others read the product, or the bias is none', async () => {
    const d = draft(4);
    const product = d.b.matMul(d.float([4, 3]), d.float([3, 10]));
    const sum = d.b.binary('add', product, d.float([10]));
    expect(operators(await check(d, d.b.binary('mul', sum, product)))).toEqual([
      'MatMul/2',
      'Add/2',
      'Mul/2',
    ]);
    const other = d.b.matMul(d.float([4, 2]), d.float([2, 10]));
    expect(operators(await check(d, d.b.binary('add', other, d.float([4, 10]))))).toEqual([
      'MatMul/2',
      'Add/2',
    ]);
  });
});

describe('forms that are quick in onnxruntime', () => {
  const operators = (model: { nodes: readonly { operator: string }[] }): string[] =>
    model.nodes.map(({ operator }) => operator);

  it('sum many rows in blocks', async () => {
    const d = draft(2);
    const x = d.float([1, 80, 12, 50]);
    for (const op of ['sum', 'mean', 'max'] as const) {
      const model = await check(d, d.b.reduce(op, x, [1, 2]));
      expect(model.nodes.map(({ outputs }) => outputs[0]?.shape)).toEqual([
        [30, 32, 50],
        [30, 50],
        [50],
        [1, 50],
      ]);
    }
  });

  it('leave few rows, and numbers of rows that have no divisors, as they are', async () => {
    const d = draft(2);
    expect(operators(await check(d, d.b.reduce('sum', d.float([60, 600]), [0])))).toEqual(['ReduceSum']);
    expect(operators(await check(d, d.b.reduce('sum', d.float([1009, 40]), [0])))).toEqual(['ReduceSum']);
  });

  it('turn three axes around by a transpose and a gather', async () => {
    const d = draft(2);
    for (const shape of [
      [40, 11, 1, 17],
      [17, 11, 1, 40],
    ]) {
      const model = await check(d, d.b.transpose(d.float(shape), [3, 1, 2, 0]));
      expect(
        operators(model)
          .filter((operator) => operator !== 'Reshape')
          .toSorted(),
      ).toEqual(['Gather', 'Transpose']);
    }
  });

  it('gather numbers by GatherElements, rows by Gather', async () => {
    const d = draft(2);
    const indices = d.int([2, 3], { least: 0, most: 4 });
    expect(operators(await check(d, d.b.gather(d.float([5]), indices, 0)))).toContain('GatherElements');
    expect(operators(await check(d, d.b.gather(d.float([1, 5, 1]), indices, 1)))).toContain('GatherElements');
    expect(operators(await check(d, d.b.gather(d.float([5, 2]), indices, 0)))).toEqual(['Gather']);
  });
});

describe('models', () => {
  it('name inputs, outputs and what lies between', () => {
    const b = createBuilder();
    const z = b.input('model.z', { shape: [3], dtype: 'float32' });
    const unused = b.input('add_0', { shape: [1], dtype: 'float32' });
    const sum = b.binary('add', b.unary('exp', z), b.scalar(0.5));
    const { inputs, outputs, nodes, initializers } = lower({
      inputs: [z, unused],
      outputs: { 'model.z': b.binary('mul', sum, sum), loss: b.reduce('sum', sum, [0]), same: z, again: z },
    });
    expect(inputs.map(({ name }) => name)).toEqual(['model.z', 'add_0']);
    expect(outputs.map(({ name, result }) => [name, result])).toEqual([
      ['model.z.out', 'model.z'],
      ['loss', 'loss'],
      ['same', 'same'],
      ['again', 'again'],
    ]);
    expect(initializers.map(({ name }) => name)).toEqual(['0.5', 'int64_0']);
    const named = nodes.flatMap((node) => node.outputs.map(({ name }) => name));
    expect(named).toEqual(['exp_0', 'add_0.1', 'model.z.out', 'loss', 'same', 'again']);
  });

  it('name constants that were given, and tables of indices', () => {
    const b = createBuilder();
    const x = b.input('x', { shape: [3, 2], dtype: 'float32' });
    const signs = float32(Float32Array.of(1, -1));
    const other = float32(Float32Array.of(2, 3));
    const rows = b.gather(x, b.constant(Int32Array.of(2, 0), [2]), 0);
    const y = [signs, other].reduce(
      (product, { data }) => b.binary('mul', product, b.constant(data, [2])),
      rows,
    );
    const { initializers } = lower({ inputs: [x], outputs: { y } }, { frozen: { 'map.signs': signs } });
    expect(initializers.map(({ name }) => name)).toEqual(['indices', 'map.signs', 'constant']);
  });

  it('run with several outputs of one value, bools as int32', async () => {
    const d = draft(9);
    const x = d.float([4], { least: -1, most: 1, unit: 1 });
    const positive = d.b.binary('greater', x, d.b.scalar(0));
    const graph = {
      inputs: d.inputs,
      outputs: { positive, also: positive, x0: x, one: d.b.scalar(1), none: d.b.fill(0, [0]) },
    };
    expectSame(await runModel(lower(graph), d.arrays), interpret(graph, d.arrays));
  });

  it('hold no constant that nothing reads, and each number once', () => {
    const b = createBuilder();
    const x = b.input('x', { shape: [6], dtype: 'float32' });
    const indices = b.constant(Int32Array.of(0, 1, 0, 1, 0, 1), [6]);
    const sums = b.segmentSum(x, indices, 2);
    const scaled = b.binary('mul', b.binary('add', sums, b.scalar(2)), b.scalar(2));
    const { initializers } = lower({ inputs: [x], outputs: { scaled } });
    expect(initializers.map(({ name }) => name)).toEqual(['int64_1', 'rows', 'int64_6', 'int64_2_3', '2']);
  });

  it('refuse nodes of no layout', () => {
    const b = createBuilder();
    const x = b.input('x', { shape: [1, 2, 2, 1], dtype: 'float32' });
    const window = {
      size: [2, 2],
      strides: [2, 2],
      dilations: [1, 1],
      padding: { top: 0, bottom: 0, left: 0, right: 0 },
      input: [2, 2],
      output: [1, 1],
    } as const;
    const graph = { inputs: [x], outputs: { y: b.pool2d('max', x, window) } };
    expect(() => lower(graph)).toThrow(expect.objectContaining({ code: 'GRAPH_SPATIAL_NODE' }));
  });

  it('lower chains deeper than the call stack', () => {
    const b = createBuilder();
    const x = b.input('x', { shape: [1], dtype: 'float32' });
    let y = b.unary('tanh', x);
    for (let i = 0; i < 20_000; i++) y = b.binary('add', y, b.unary('tanh', y));
    expect(lower({ inputs: [x], outputs: { y } }).nodes).toHaveLength(40_001);
  });

  it('leave the arrays of constants where they are', () => {
    const b = createBuilder();
    const data = Float32Array.from({ length: 100 }, (_, i) => i);
    const x = b.input('x', float32(new Float32Array(100), [100]));
    const model = lower({ inputs: [x], outputs: { y: b.binary('add', x, b.constant(data, [100])) } });
    expect(model.initializers[0]?.data).toBe(data);
  });
});
