// Training through the rounding: what gradients are, that nothing leaks, and that steps compile.
import {
  bias,
  direct,
  kernel,
  mapping,
  parameterSpace,
  type NamedArrays,
  type NamedTensors,
  type ParameterMap,
  type Part,
  type Step,
  type StepSignature,
} from '@mapping-networks/core';
import { cpu, wasm } from '@mapping-networks/engine-eager';
import { onnx } from '@mapping-networks/engine-onnx';
import { interpret, trace } from '@mapping-networks/graph';
import { fakeQuantized, type WeightQuantization } from '@mapping-networks/quantize';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';

const kinds: readonly Partial<WeightQuantization>[] = [
  { type: 'int8' },
  { type: 'int8', symmetric: false, granularity: 'tensor' },
  { type: 'int4', symmetric: false, bias: true },
  { type: 'float16', bias: true },
  { type: 'bfloat16' },
];
const clipping: readonly Partial<WeightQuantization>[] = [
  { type: 'int4', range: 'mse', bias: true },
  { type: 'int4', range: 'mse', symmetric: false },
];

const space = parameterSpace([
  kernel('conv', [3, 3, 2, 4]),
  bias('conv', 4),
  kernel('fc', [12, 5]),
  bias('fc', 5),
]);
const inner = mapping({ latentDim: 6, activation: 'tanh' });

const coefficients = (map: ParameterMap): NamedTensors =>
  Object.fromEntries(
    map.space.parameters.map(({ name, shape, size, offset }) => [
      name,
      tf.tensor(
        Float32Array.from({ length: size }, (_, i) => Math.sin(3 * (offset + i))),
        [...shape],
      ),
    ]),
  );

/** One step down the gradient of Σ c·θ, c known. */
const stepOf =
  (map: ParameterMap): Step =>
  (tensors) => {
    const names = map.trainables.map(({ name }) => name);
    const lossOf = (...values: tf.Tensor[]): tf.Scalar => {
      const trainables = Object.fromEntries(names.map((name, i) => [name, values[i] as tf.Tensor]));
      const parameters = map.materialize(trainables, tensors);
      const products = Object.entries(coefficients(map)).map(([name, c]) =>
        tf.sum(tf.mul(c, parameters[name] as tf.Tensor)),
      );
      return tf.sum<tf.Scalar>(tf.stack(products));
    };
    const { value, grads } = tf.valueAndGrads(lossOf)(names.map((name) => tensors[name] as tf.Tensor));
    return { loss: value, ...Object.fromEntries(names.map((name, i) => [name, grads[i] as tf.Tensor])) };
  };

const signatureOf = (map: ParameterMap): StepSignature => ({
  frozen: map.frozen(),
  inputs: Object.fromEntries(map.trainables.map(({ name, shape }) => [name, { shape, dtype: 'float32' }])),
});

const run = async (
  engine: Part<'engine'>,
  map: ParameterMap,
  inputs: NamedArrays = map.init(1),
): Promise<NamedArrays> => {
  const session = await engine.impl.open();
  const step = session.compile(stepOf(map), signatureOf(map));
  const outputs = await step.run(inputs);
  step.dispose();
  session.dispose();
  return outputs;
};

const expectClose = (received: NamedArrays, expected: NamedArrays, relative = 1e-4): void => {
  expect(Object.keys(received).toSorted()).toEqual(Object.keys(expected).toSorted());
  for (const [name, { data }] of Object.entries(expected)) {
    const size = Math.max(...data.map(Math.abs));
    data.forEach((value, i) =>
      expect(Math.abs((received[name]?.data[i] ?? Number.NaN) - value)).toBeLessThanOrEqual(relative * size),
    );
  }
};

describe('the gradient', () => {
  it.each(kinds)('is that of the inner map where nothing is clipped: %o', async (kind) => {
    const { z: expected } = await run(cpu(), inner.impl.bind(space));
    const { z } = await run(cpu(), fakeQuantized({ inner, ...kind }).impl.bind(space));
    if (z && expected) expectClose({ z }, { z: expected }, 1e-6);
    expect(z?.data).toHaveLength(6);
  });

  it('is 0 for weights that are clipped, and only for these', async () => {
    const one = parameterSpace([kernel('fc', [500, 1], { type: 'normal', mean: 0, std: 1 })]);
    const values = Float32Array.from({ length: 500 }, (_, i) => Math.sin(i));
    values[7] = 4;
    values[8] = -4;
    const map = fakeQuantized({ inner: direct(), type: 'int4', range: 'mse' }).impl.bind(one);
    const given: NamedArrays = { 'fc.kernel': { dtype: 'float32', shape: [500, 1], data: values } };
    const gradient = (await run(cpu(), map, given))['fc.kernel']?.data ?? [];
    expect([...gradient.keys()].filter((i) => gradient[i] === 0)).toEqual([0, 7, 8]);
    // The coefficient of weight 0 is sin(0).
    gradient.forEach((value, i) => {
      if (i > 8) expect(value).toBeCloseTo(Math.sin(3 * i), 5);
    });
  });

  it.each([...kinds, ...clipping])('leaves no tensors behind: %o', (kind) => {
    const map = fakeQuantized({ inner, ...kind }).impl.bind(space);
    const held = [map.frozen(), map.init(0)].flatMap((arrays) => Object.entries(arrays));
    const tensors = Object.fromEntries(
      held.map(([name, { data, shape }]) => [name, tf.tensor(data, [...shape])]),
    );
    const before = tf.memory().numTensors;
    tf.tidy(() => void stepOf(map)(tensors));
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose(tensors);
  });
});

describe('a step', () => {
  it.each([...kinds, ...clipping])('is recorded, and computes the same as a graph: %o', async (kind) => {
    const map = fakeQuantized({ inner, ...kind }).impl.bind(space);
    expectClose(interpret(trace(stepOf(map), signatureOf(map)), map.init(1)), await run(cpu(), map));
  });

  it.each([...kinds, ...clipping])('computes the same with ONNX Runtime, and on wasm: %o', async (kind) => {
    const map = fakeQuantized({ inner, ...kind }).impl.bind(space);
    const expected = await run(cpu(), map);
    expectClose(await run(onnx({ worker: false }), map), expected);
    expectClose(await run(wasm(), map), expected);
  });
});
