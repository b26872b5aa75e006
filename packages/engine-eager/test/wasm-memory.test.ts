// Training for hundreds of steps neither keeps tensors nor grows the memory of the wasm backend.
import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { expect, it } from 'vitest';
import { memoryOf } from '../src/wasm/native/heap.ts';
import { openWasm, registerWasmKernels } from '../src/wasm/index.ts';
import { normal } from './wasm-against-cpu.ts';

/** One step through every kernel of this package. */
function step(x: tf.Tensor4D, weights: readonly tf.Variable[]): void {
  const [filter, depthwise, dense, table] = weights as [tf.Variable, tf.Variable, tf.Variable, tf.Variable];
  const loss = (): tf.Scalar => {
    const first = tf.relu(tf.conv2d(x, filter as tf.Tensor as tf.Tensor4D, 1, 'same'));
    const second = tf.depthwiseConv2d(first, depthwise as tf.Tensor as tf.Tensor4D, 1, 'same');
    const pooled = tf.maxPool(second, 2, 2, 'valid');
    const logits = tf.matMul(tf.reshape(pooled, [4, -1]), dense);
    const shifted = tf.add(logits, tf.gather(table, tf.tensor1d([0, 2, 2, 1], 'int32')));
    return tf.mean(tf.mean(tf.square(shifted), 0)) as tf.Scalar;
  };
  const { value, grads } = tf.variableGrads(loss, [...weights]);
  value.dataSync();
  tf.dispose([value, grads]);
}

it('leaves no tensors and no memory behind in 300 steps', async () => {
  await openWasm();
  const backend = tf.backend() as BackendWasm;
  const x = normal([4, 8, 8, 3], 1) as tf.Tensor4D;
  const weights = [
    [3, 3, 3, 16],
    [3, 3, 16, 1],
    [256, 16],
    [3, 16],
  ].map((shape) => tf.variable(normal(shape, 2)));
  for (let warmUp = 0; warmUp < 5; warmUp++) step(x, weights);
  const before = { ...tf.memory(), ids: backend.numDataIds(), bytes: memoryOf(backend).buffer.byteLength };
  for (let count = 0; count < 300; count++) step(x, weights);
  const after = { ...tf.memory(), ids: backend.numDataIds(), bytes: memoryOf(backend).buffer.byteLength };
  expect(after).toEqual(before);
  tf.dispose([x, weights]);
});

it('leaves no scratch memory behind when a kernel throws', async () => {
  await openWasm();
  const backend = tf.backend() as BackendWasm;
  const ids = backend.numDataIds();
  const { numTensors } = tf.memory();
  const x = tf.ones<tf.Rank.R2>([2, 2], 'int32');
  expect(() => tf.matMul(x, x)).toThrow(/float32/);
  x.dispose();
  expect(tf.memory().numTensors).toBe(numTensors);
  expect(backend.numDataIds()).toBe(ids);
});

it('registers its kernels once', async () => {
  await openWasm();
  const conv = tf.getKernel('Conv2D', 'wasm').kernelFunc;
  const sum = tf.getKernel('Sum', 'wasm').kernelFunc;
  registerWasmKernels();
  expect(tf.getKernel('Conv2D', 'wasm').kernelFunc).toBe(conv);
  expect(tf.getKernel('Sum', 'wasm').kernelFunc).toBe(sum);
});
