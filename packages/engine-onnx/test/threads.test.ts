// As many threads compute as are asked for, and the bits of a step do not depend on anything else.
import {
  float32,
  normal,
  randomKey,
  type NamedArrays,
  type NamedTensors,
  type Step,
} from '@mapping-networks/core';
import { onnx } from '@mapping-networks/engine-onnx';
import * as tf from '@tensorflow/tfjs-core';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { describe, expect, it, vi } from 'vitest';
import { get, inputs, signature, step } from '../../engine-eager/test/sample-step.ts';

const drawn = (name: string, shape: readonly number[]): ReturnType<typeof float32> =>
  float32(
    normal(
      randomKey(3, name),
      shape.reduce((a, b) => a * b, 1),
    ),
    shape,
  );

/** A convolution, a pool, a matrix product and their gradients. */
const network: Step = (named: NamedTensors): NamedTensors => {
  const loss = (kernel: tf.Tensor, dense: tf.Tensor): tf.Scalar => {
    const features = tf.relu(tf.conv2d(get(named, 'x') as tf.Tensor4D, kernel as tf.Tensor4D, 1, 'same'));
    const pooled = tf.maxPool(features, 2, 2, 'valid');
    return tf.mean(tf.square(tf.matMul(tf.reshape(pooled, [32, -1]), dense as tf.Tensor2D)));
  };
  const { value, grads } = tf.valueAndGrads(loss)([get(named, 'kernel'), get(named, 'dense')]);
  return { value, kernel: grads[0] as tf.Tensor, dense: grads[1] as tf.Tensor };
};

const arrays: NamedArrays = {
  x: drawn('x', [32, 16, 16, 3]),
  kernel: drawn('kernel', [3, 3, 3, 8]),
  dense: drawn('dense', [8 * 8 * 8, 10]),
};

const shapes = Object.fromEntries(
  Object.entries(arrays).map(([name, { shape, dtype }]) => [name, { shape, dtype }]),
);

const outputsOf = async (threads: number, worker: boolean): Promise<readonly NamedArrays[]> => {
  const session = await onnx({ threads, worker }).impl.open();
  try {
    const compiled = session.compile(network, { frozen: {}, inputs: shapes });
    return [await compiled.run(arrays), await compiled.run(arrays)];
  } finally {
    session.dispose();
  }
};

describe.each([1, 2, 3])('%i threads', (threads) => {
  it('give the same bits every time, beside JavaScript or not', async () => {
    const [first, again] = await outputsOf(threads, true);
    expect(again).toEqual(first);
    expect((await outputsOf(threads, false))[0]).toEqual(first);
    expect(first?.['value']?.data[0]).toBeGreaterThan(0);
  });
});

it('any numbers of threads agree to rounding', async () => {
  const [[one], [three]] = await Promise.all([outputsOf(1, true), outputsOf(3, true)]);
  for (const [name, { data }] of Object.entries(one ?? {})) {
    const largest = Math.max(...Array.from(data, Math.abs));
    data.forEach((value, i) => {
      expect(Math.abs(value - (three?.[name]?.data[i] ?? Number.NaN)) / largest).toBeLessThan(1e-5);
    });
  }
});

it('by default there is one for each core', async () => {
  const session = await onnx().impl.open();
  expect(session.threads).toBe(availableParallelism());
  session.dispose();
});

// Only Linux tells what threads a process has. Others of them come and go: many are asked for.
it.runIf(process.platform === 'linux')(
  'the threads that are asked for exist, and end with the step',
  async () => {
    const count = (): number => readdirSync('/proc/self/task').length;
    const session = await onnx({ threads: 61, worker: false }).impl.open();
    const before = count();
    const compiled = session.compile(step, signature);
    await compiled.run(inputs);
    // The thread that asks is one of them.
    expect(Math.abs(count() - before - 60)).toBeLessThan(10);
    compiled.dispose();
    await vi.waitFor(() => expect(Math.abs(count() - before)).toBeLessThan(10));
    session.dispose();
  },
);
