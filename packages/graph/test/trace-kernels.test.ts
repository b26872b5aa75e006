// Every kernel of the table, and its gradient, on random shapes: the recorded graph computes what TensorFlow.js' cpu
// backend computes.
import * as tf from '@tensorflow/tfjs-core';
import { float32, int32, type ArrayTensor, type NamedArrays } from '@mapping-networks/core';
import { interpret, SUPPORTED_KERNELS, trace } from '@mapping-networks/graph';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectClose } from './expect-close.ts';
import { ELEMENTWISE } from './kernels/elementwise.ts';
import type { Example } from './kernels/example.ts';
import { MOVES } from './kernels/moves.ts';
import { PRODUCTS } from './kernels/products.ts';
import { REDUCTIONS } from './kernels/reductions.ts';

const EXAMPLES = { ...ELEMENTWISE, ...REDUCTIONS, ...MOVES, ...PRODUCTS };

const readBack = (tensor: tf.Tensor): ArrayTensor => {
  const shape = [...tensor.shape];
  const data = Array.from(tensor.dataSync());
  return tensor.dtype === 'float32'
    ? float32(Float32Array.from(data), shape)
    : int32(Int32Array.from(data), shape);
};

const byName = <T, R>(entries: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, change(value)]));

const onCpu = ({ arrays, step }: Example): NamedArrays => {
  const results: Record<string, ArrayTensor> = {};
  tf.tidy(() => {
    const inputs = byName(arrays, ({ data, shape, dtype }) => tf.tensor(data, [...shape], dtype));
    Object.assign(results, byName(step(inputs), readBack));
  });
  return results;
};

const recorded = ({ arrays, step }: Example): NamedArrays => {
  const inputs = byName(arrays, ({ shape, dtype }) => ({ shape, dtype }));
  return interpret(trace(step, { frozen: {}, inputs }), arrays);
};

describe('recorded kernels compute what TensorFlow.js computes', () => {
  it.each(Object.entries(EXAMPLES))('%s', (_name, examples) => {
    fc.assert(
      fc.property(examples, (example) => expectClose(recorded(example), onCpu(example), 1e-6)),
      { numRuns: 25, seed: 4 },
    );
  });
});

it('every kernel of the table has an example', async () => {
  const called = new Set<string>();
  for (const examples of Object.values(EXAMPLES)) {
    for (const example of fc.sample(examples, { numRuns: 4, seed: 4 })) {
      const { kernelNames } = await tf.profile(() => void onCpu(example));
      for (const name of kernelNames) called.add(name);
    }
  }
  expect(SUPPORTED_KERNELS.filter((name) => !called.has(name))).toEqual([]);
});
