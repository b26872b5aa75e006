// Where windows reach the border, values are broadcast, and nothing is there: whole steps, compiled as they are for
// users and run, against the interpreter on the graph as it was recorded.
import * as tf from '@tensorflow/tfjs-core';
import { float32, sizeOf, type NamedArrays, type NamedTensors, type Step } from '@mapping-networks/core';
import { compileToOnnx, interpret, trace } from '@mapping-networks/graph';
import { describe, expect, it } from 'vitest';
import { expectClose } from './expect-close.ts';
import { runModel } from './run-model.ts';

const numbers = (shape: readonly number[], seed: number): Float32Array =>
  Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(i * 12.9898 + seed));

const agrees = async (
  shapes: Readonly<Record<string, readonly number[]>>,
  step: Step,
  results: Readonly<Record<string, readonly number[]>>,
): Promise<void> => {
  const arrays: NamedArrays = Object.fromEntries(
    Object.entries(shapes).map(([name, shape], seed) => [name, float32(numbers(shape, seed), shape)]),
  );
  const signature = { frozen: {}, inputs: arrays };
  const expected = interpret(trace(step, signature), arrays);
  const actual = await runModel(compileToOnnx(step, signature), arrays);
  expectClose(actual, expected, 1e-5);
  for (const [name, shape] of Object.entries(results)) expect(actual[name]?.shape).toEqual(shape);
};

const images = ({ x }: NamedTensors): tf.Tensor4D => x as tf.Tensor4D;

/** A pooled first layer, whose convolution is computed in the parts that the pool reads, and its gradients. */
const pooledLayer =
  (pad: 'same' | 'valid', size: [number, number], pools: 'same' | 'valid'): Step =>
  (inputs) => {
    const layer = (filter: tf.Tensor, bias: tf.Tensor): tf.Tensor =>
      tf.maxPool(
        tf.add(tf.conv2d(images(inputs), filter as tf.Tensor4D, 1, pad), bias) as tf.Tensor4D,
        size,
        size,
        pools,
      );
    const given = [inputs['filter'], inputs['bias']] as [tf.Tensor, tf.Tensor];
    const [filter, bias] = tf.grads((f, b) => tf.sum(tf.square(layer(f, b))))(given);
    return { y: layer(...given), filter: filter as tf.Tensor, bias: bias as tf.Tensor };
  };

describe('pools of a convolution', () => {
  it.each([
    ['whose last windows reach out', 'valid', [2, 2], 'same', [7, 7], [3, 3]],
    ['whose windows do not cover everything', 'valid', [2, 2], 'valid', [7, 7], [2, 2]],
    ['of rows alone', 'valid', [2, 1], 'valid', [6, 6], [2, 4]],
    ['of columns alone', 'valid', [1, 2], 'valid', [6, 6], [4, 2]],
    ['of rows alone, padded', 'same', [3, 1], 'valid', [6, 5], [2, 5]],
  ] as const)('%s', async (_, pad, [down, right], pools, sides, output) => {
    const shapes = { x: [2, ...sides, 1], filter: [3, 3, 1, 16], bias: [16] };
    await agrees(shapes, pooledLayer(pad, [down, right], pools), { y: [2, ...output, 16] });
  });
});

it('no images', async () => {
  const step: Step = (inputs) => {
    const layer = (filter: tf.Tensor): tf.Tensor =>
      tf.conv2d(images(inputs), filter as tf.Tensor4D, 1, 'same');
    const filter = inputs['filter'] as tf.Tensor;
    return { y: layer(filter), gradient: tf.grad((f) => tf.sum(layer(f)))(filter) };
  };
  await agrees({ x: [0, 5, 4, 2], filter: [3, 3, 2, 4] }, step, { y: [0, 5, 4, 4], gradient: [3, 3, 2, 4] });
});

it('pads that are broadcast before they are added', async () => {
  const step: Step = ({ row, rows }) => ({
    y: tf.add(
      tf.pad(row as tf.Tensor, [
        [0, 0],
        [0, 2],
      ]),
      tf.pad(rows as tf.Tensor, [
        [0, 0],
        [2, 0],
      ]),
    ),
  });
  await agrees({ row: [1, 2], rows: [4, 2] }, step, { y: [4, 4] });
});

it('stacks along an axis counted from the end', async () => {
  const step: Step = ({ a, b }) => ({
    last: tf.stack([a as tf.Tensor, b as tf.Tensor], -1),
    first: tf.stack([a as tf.Tensor, b as tf.Tensor], -3),
    alone: tf.stack([a as tf.Tensor], -1),
  });
  await agrees({ a: [2, 3], b: [2, 3] }, step, { last: [2, 3, 2], first: [2, 2, 3], alone: [2, 3, 1] });
});

it('reductions of rows that are repeated no times', async () => {
  const step: Step = ({ x }) => {
    const none = tf.tile(x as tf.Tensor, [0, 1]);
    return { mean: tf.mean(none, 0), max: tf.max(none, 0), sum: tf.sum(none, 0) };
  };
  await agrees({ x: [1, 3] }, step, { mean: [3], max: [3], sum: [3] });
});
