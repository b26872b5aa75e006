// What steps may look like: nothing in, nothing out, things handed through, twice, under any name. The cpu engine says
// what comes of them.
import { float32, int32, type NamedArrays, type Step, type StepSignature } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectSameNumbers, openEngines } from './against-cpu.ts';
import { get } from '../../engine-eager/test/sample-step.ts';

const engines = openEngines();

interface Wiring {
  readonly step: Step;
  readonly inputs: NamedArrays;
  readonly frozen?: NamedArrays;
}

const compare = async ({ step, inputs, frozen = {} }: Wiring): Promise<void> => {
  const specs = Object.entries(inputs).map(([name, { shape, dtype }]) => [name, { shape, dtype }] as const);
  const signature: StepSignature = { frozen, inputs: Object.fromEntries(specs) };
  const [ours, theirs] = [engines().onnx.compile(step, signature), engines().cpu.compile(step, signature)];
  const [actual, expected] = [await ours.run(inputs), await theirs.run(inputs)];
  expectSameNumbers(actual, expected);
  expect(await ours.run(inputs)).toEqual(actual);
  for (const compiled of [ours, theirs]) compiled.dispose();
};

const x = float32(Float32Array.of(1, -2, 3, 4, 5, -6), [2, 3]);
const n = int32(Int32Array.of(7, -7, 2 ** 30, -(2 ** 30), 0, 3), [2, 3]);
const m = int32(Int32Array.of(2, 2, 3, 4, 5, -2), [2, 3]);
const empty = float32(new Float32Array(0), [0, 3]);
const scalar = float32(Float32Array.of(2.5), []);
const one = (tensors: Parameters<Step>[0]): tf.Tensor => get(tensors, 'x');

const WIRINGS: Readonly<Record<string, Wiring>> = {
  'no output': { step: () => ({}), inputs: { x } },
  'no input': { step: () => ({ y: tf.tensor([1, 2, 3]) }), inputs: {} },
  'neither input nor output': { step: () => ({}), inputs: {} },
  'nothing but what is frozen': {
    step: (t) => ({ y: tf.exp(get(t, 'w')), w: get(t, 'w') }),
    inputs: {},
    frozen: { w: x },
  },
  'an input that nothing reads': { step: (t) => ({ y: tf.exp(one(t)) }), inputs: { x, n } },
  'an input handed through': { step: (t) => ({ x: one(t), y: tf.exp(one(t)) }), inputs: { x } },
  'an input handed through alone': { step: (t) => ({ x: one(t) }), inputs: { x } },
  'an input under other names': { step: (t) => ({ a: one(t), b: one(t) }), inputs: { x } },
  'inputs exchanged': {
    step: (t) => ({ x: get(t, 'y'), y: get(t, 'x') }),
    inputs: { x, y: float32(Float32Array.of(9)) },
  },
  'one output twice': {
    step: (t) => {
      const y = tf.tanh(one(t));
      return { y, z: y, w: tf.reshape(y, [6]) };
    },
    inputs: { x },
  },
  'an output that another one is made of': {
    step: (t) => {
      const y = tf.relu(one(t));
      return { y, sum: tf.sum(y), grown: tf.add(y, 1) };
    },
    inputs: { x },
  },
  'constants alone': {
    step: () => ({ a: tf.zeros([3]), b: tf.scalar(2), c: tf.range(0, 5, 1, 'int32') }),
    inputs: { x },
  },
  scalars: {
    step: (t) => ({ y: tf.mul(get(t, 's'), 2), z: tf.sum(one(t)), w: tf.mul(get(t, 's'), one(t)) }),
    inputs: { s: scalar, x },
  },
  'an empty array': {
    step: (t) => ({
      same: get(t, 'e'),
      grown: tf.mul(get(t, 'e'), 2),
      sum: tf.sum(get(t, 'e')),
      sums: tf.sum(get(t, 'e'), 0),
      joined: tf.concat([get(t, 'e'), one(t)], 0),
      none: tf.slice(one(t), [0, 0], [0, 3]),
      product: tf.matMul(get(t, 'e'), tf.transpose(one(t))),
    }),
    inputs: { e: empty, x },
  },
  'whole numbers': {
    step: (t) => {
      const [a, b] = [get(t, 'n'), get(t, 'm')];
      return {
        sum: tf.add(a, b),
        difference: tf.sub(a, b),
        product: tf.mul(tf.minimum(a, 100), b),
        quotient: tf.div(a, b),
        floored: tf.floorDiv(a, b),
        rest: tf.mod(a, b),
        negated: tf.neg(a),
        size: tf.abs(a),
        square: tf.square(tf.minimum(tf.maximum(a, -40), 40)),
        largest: tf.max(a),
        total: tf.sum(tf.minimum(a, 100)),
        first: tf.argMax(a, 1),
        chosen: tf.where(tf.greater(a, b), a, b),
        float: tf.mul(tf.cast(a, 'float32'), 0.5),
        cut: tf.cast(tf.mul(tf.cast(b, 'float32'), 0.7), 'int32'),
      };
    },
    inputs: { n, m },
  },
  'names of all kinds': {
    step: (t) => ({
      'a b/c.d-e:0': tf.exp(get(t, 'größe ×')),
      Relu: tf.relu(get(t, 'größe ×')),
      exp_0: tf.neg(get(t, 'größe ×')),
      constructor: tf.abs(get(t, 'größe ×')),
      'größe ×': get(t, 'größe ×'),
    }),
    inputs: { 'größe ×': x },
  },
  'frozen arrays, some of them equal': {
    step: (t) => ({
      y: tf.add(tf.mul(one(t), get(t, 'a')), get(t, 'b')),
      twice: tf.add(get(t, 'a'), get(t, 'b')),
      uniform: tf.mul(one(t), get(t, 'ones')),
    }),
    inputs: { x },
    frozen: {
      a: x,
      b: float32(Float32Array.from(x.data), x.shape),
      ones: float32(new Float32Array(3).fill(1)),
    },
  },
  'many axes': {
    step: (t) => ({
      y: tf.sum(tf.transpose(tf.reshape(one(t), [1, 2, 1, 3, 1, 1]), [5, 3, 1, 0, 2, 4]), [1, 4]),
    }),
    inputs: { x },
  },
};

it.each(Object.entries(WIRINGS))('%s', (_, wiring) => compare(wiring));

describe('one step for several signatures', () => {
  const step: Step = (t) => ({ y: tf.softmax(one(t)), sum: tf.sum(one(t)) });

  it('is compiled for each', async () => {
    for (const shape of [[2, 3], [3, 2], [6], [1, 6], [6, 1], [2, 3]]) {
      await compare({ step, inputs: { x: float32(x.data as Float32Array, shape) } });
    }
  });

  it('lives side by side, and each refuses what is for another', async () => {
    const specs = [[2, 3], [4]].map((shape) => ({ x: { shape, dtype: 'float32' as const } }));
    const [two, four] = specs.map((inputs) => engines().onnx.compile(step, { frozen: {}, inputs }));
    const given = float32(new Float32Array(4).fill(1), [4]);
    const [a, b] = await Promise.all([two?.run({ x }), four?.run({ x: given })]);
    expect(a?.['y']?.shape).toEqual([2, 3]);
    expect(b?.['y']?.data[0]).toBeCloseTo(0.25, 6);
    await expect(two?.run({ x: given })).rejects.toThrow(
      expect.objectContaining({ code: expect.any(String) }),
    );
    expect((await two?.run({ x }))?.['sum']?.data[0]).toBe(5);
    two?.dispose();
    expect((await four?.run({ x: given }))?.['sum']?.data[0]).toBe(4);
    four?.dispose();
  });

  it('takes other constants of the same shapes', async () => {
    const scaled: Step = (t) => ({ y: tf.mul(one(t), get(t, 'w')) });
    for (const value of [2, 3]) {
      await compare({ step: scaled, inputs: { x }, frozen: { w: float32(Float32Array.of(value)) } });
    }
  });
});
