// Graphs to try the lowering on: numbers of chosen domains, and the comparison of onnxruntime with the interpreter.
import { sizeOf, type ArrayTensor, type NamedArrays } from '@mapping-networks/core';
import fc from 'fast-check';
import { expect } from 'vitest';
import { interpret } from '../src/interpret/interpret.ts';
import { createBuilder, type Builder } from '../src/ir/builder.ts';
import type { InputNode, Node } from '../src/ir/node.ts';
import type { ReduceOp } from '../src/ir/op-names.ts';
import { lower } from '../src/lower/lower.ts';
import type { OnnxModel } from '../src/onnx/model.ts';
import { runModel } from './run-model.ts';

/** Numbers from `least` to `most`, whole multiples of `unit`. */
export interface Domain {
  readonly least: number;
  readonly most: number;
  readonly unit?: number;
  /** Numbers that occur besides, now and then. */
  readonly also?: readonly number[];
}

/** Reproducible numbers of a domain. */
export const numbers = (count: number, seed: number, domain: Domain): number[] => {
  const { least, most, unit = 2 ** -10, also = [] } = domain;
  let state = (seed * 2654435761 + 97) >>> 0;
  const draw = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: count }, () => {
    const value = Math.round((least + draw() * (most - least)) / unit) * unit + 0; // no −0
    const special = Math.floor(draw() * (also.length + 3));
    return also[special] ?? value;
  });
};

/** Collects inputs of a graph together with numbers for them. */
export interface Draft {
  readonly b: Builder;
  readonly inputs: InputNode[];
  readonly arrays: Record<string, ArrayTensor>;
  float(shape: readonly number[], domain?: Domain): InputNode;
  int(shape: readonly number[], domain: Domain): InputNode;
  bool(shape: readonly number[]): Node;
}

export const draft = (seed: number): Draft => {
  const b = createBuilder();
  const inputs: InputNode[] = [];
  const arrays: Record<string, ArrayTensor> = {};
  const add = (shape: readonly number[], dtype: 'float32' | 'int32', domain: Domain): InputNode => {
    const name = `x${inputs.length}`;
    const input = b.input(name, { shape, dtype });
    const values = numbers(sizeOf(shape), seed + inputs.length, domain);
    inputs.push(input);
    arrays[name] =
      dtype === 'float32'
        ? { dtype, shape, data: Float32Array.from(values) }
        : { dtype, shape, data: Int32Array.from(values) };
    return input;
  };
  const int: Draft['int'] = (shape, domain) => add(shape, 'int32', { unit: 1, ...domain });
  return {
    b,
    inputs,
    arrays,
    float: (shape, domain = { least: -4, most: 4 }) => add(shape, 'float32', domain),
    int,
    bool: (shape) => b.cast(int(shape, { least: 0, most: 1 }), 'bool'),
  };
};

const close = (actual: number, expected: number): boolean =>
  Object.is(actual, expected) ||
  actual === expected ||
  Math.abs(actual - expected) <= 1e-5 * Math.abs(expected) + 2e-6;

export const expectSame = (actual: NamedArrays, expected: NamedArrays, text = ''): void => {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const [name, { data, shape, dtype }] of Object.entries(expected)) {
    const got = actual[name];
    expect({ shape: got?.shape, dtype: got?.dtype }).toEqual({ shape, dtype });
    const wrong = Array.from(data).findIndex((value, i) => !close(got?.data[i] as number, value));
    if (wrong >= 0) expect.fail(`${text}[${wrong}] is ${got?.data[wrong]}, expected ${data[wrong]}`);
  }
};

/** Lowers, runs and compares one output; returns the model for further questions. */
export const check = async ({ inputs, arrays }: Draft, output: Node): Promise<OnnxModel> => {
  const graph = { inputs, outputs: { result: output } };
  const model = lower(graph);
  expectSame(await runModel(model, arrays), interpret(graph, arrays), output.kind);
  return model;
};

/** Complete by its type. */
const EVERY_REDUCE_OP: Record<ReduceOp, true> = {
  all: true,
  any: true,
  max: true,
  mean: true,
  min: true,
  prod: true,
  sum: true,
};

export const REDUCE_OPS = Object.keys(EVERY_REDUCE_OP) as ReduceOp[];

export const seeds: fc.Arbitrary<number> = fc.integer({ min: 1, max: 1 << 20 });

export const shapes = (minRank: number, maxRank: number, most = 4): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 1, max: most }), { minLength: minRank, maxLength: maxRank });

/** Two shapes that broadcast to a common one. */
export const broadcastable: fc.Arbitrary<readonly [number[], number[]]> = shapes(0, 5).chain((shape) =>
  fc
    .tuple(
      fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }),
      fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }),
      fc.integer({ min: 0, max: shape.length }),
    )
    .map(([ones, others, dropped]) => [
      shape.map((side, axis) => (ones[axis] ? 1 : side)).slice(dropped),
      shape.map((side, axis) => (others[axis] ? 1 : side)),
    ]),
);

export const property = async <T>(
  arbitrary: fc.Arbitrary<T>,
  law: (value: T) => Promise<unknown>,
  numRuns = 12,
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(arbitrary, async (value) => {
      await law(value);
    }),
    { numRuns },
  );
