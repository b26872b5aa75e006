// Recording itself: what becomes of inputs, constants, gradients and outputs.
import * as tf from '@tensorflow/tfjs-core';
import { float32, type ArrayTensor, type Step } from '@mapping-networks/core';
import { interpret, trace } from '@mapping-networks/graph';
import { describe, expect, it } from 'vitest';
import { expectClose } from './expect-close.ts';
import { at, nodesOf, output, record, signature } from './record.ts';

describe('what a step is made of', () => {
  it('inputs in the order of the signature, used or not; outputs by name', () => {
    const graph = trace(({ b, a }) => ({ sum: tf.add(a as tf.Tensor, b as tf.Tensor), b: b as tf.Tensor }), {
      frozen: {},
      inputs: {
        b: { shape: [2], dtype: 'float32' },
        a: { shape: [2], dtype: 'float32' },
        unused: { shape: [], dtype: 'int32' },
      },
    });
    expect(graph.inputs.map(({ name }) => name)).toEqual(['b', 'a', 'unused']);
    expect(Object.keys(graph.outputs)).toEqual(['sum', 'b']);
    expect(output(graph, 'b')).toBe(graph.inputs[0]);
  });

  it('an input that a computation lacks is named', () => {
    expect(() => interpret(record(tf.neg), {})).toThrow(
      expect.objectContaining({ code: 'GRAPH_MISSING_INPUT', message: expect.stringContaining("'x'") }),
    );
  });

  it('frozen arrays are constants around the very arrays', () => {
    const data = Float32Array.of(1, 2, 3);
    const graph = trace((inputs) => ({ y: tf.mul(at(inputs), at(inputs, 'scale')) }), {
      ...signature,
      frozen: { scale: float32(data) },
    });
    expect(nodesOf(graph).find(({ kind }) => kind === 'constant')).toHaveProperty('data', data);
    expect(graph.inputs.map(({ name }) => name)).toEqual(['x']);
  });

  it('numbers of the step are constants, uniform ones fills, however large', () => {
    const made = record((x) =>
      tf.add(tf.mul(x, tf.tensor1d([1, 2, 3])), tf.sum(tf.fill([1 << 14, 1 << 14], 0.5))),
    );
    const kinds = nodesOf(made).map((node) => ('op' in node ? node.op : node.kind));
    expect(new Set(kinds)).toEqual(new Set(['input', 'constant', 'mul', 'fill', 'sum', 'add']));
    expect(nodesOf(record((x) => tf.add(x, tf.ones([2, 3]))))).toContainEqual(
      expect.objectContaining({ kind: 'fill', value: 1 }),
    );
  });

  it('equal subexpressions are one node', () => {
    const graph = record((x) => tf.add(tf.sigmoid(x), tf.sigmoid(tf.clone(x))));
    expect(output(graph).operands[0]).toBe(output(graph).operands[1]);
  });

  it('gradients, customGrad and dy of ones', () => {
    const cubed = tf.customGrad((x, save) => {
      (save as (xs: tf.Tensor[]) => void)([x as tf.Tensor]);
      return {
        value: tf.pow(x as tf.Tensor, 3),
        gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, tf.square(saved[0] as tf.Tensor)),
      };
    });
    const graph = record(tf.grad((x) => tf.sum(cubed(x))));
    const { y } = interpret(graph, { x: float32(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]) });
    expect([...(y?.data ?? [])]).toEqual([1, 4, 9, 16, 25, 36]);
  });

  it('outputs that are bools become int32, indices are int32', () => {
    const graph = trace(
      (inputs) => ({ b: tf.greater(at(inputs), 0), i: tf.argMax(at(inputs), 1) }),
      signature,
    );
    expect(output(graph, 'b').type.dtype).toBe('int32');
    expect(output(graph, 'i').type.dtype).toBe('int32');
  });

  it('a cell of an LSTM, unrolled', () => {
    const units = 4;
    const step: Step = (inputs) => {
      const loss = (kernel: tf.Tensor): tf.Scalar => {
        let [h, c]: [tf.Tensor, tf.Tensor] = [tf.zeros([2, units]), tf.zeros([2, units])];
        for (const x of tf.unstack(at(inputs, 'xs'), 1)) {
          const gates = tf.matMul(tf.concat([x, h], 1), kernel);
          const [i, f, g, o] = tf.split(gates, 4, 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
          c = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
          h = tf.mul(tf.sigmoid(o), tf.tanh(c));
        }
        return tf.sum(tf.square(h));
      };
      const kernel = at(inputs, 'kernel');
      return { loss: loss(kernel), gradient: tf.grad(loss)(kernel) };
    };
    const numbers = (size: number): Float32Array =>
      Float32Array.from({ length: size }, (_, i) => Math.sin(3 * i));
    const arrays = {
      xs: float32(numbers(2 * 5 * 3), [2, 5, 3]),
      kernel: float32(numbers(7 * 16), [7, 16]),
    };
    const inputs = {
      xs: { shape: [2, 5, 3], dtype: 'float32' },
      kernel: { shape: [7, 16], dtype: 'float32' },
    } as const;
    const graph = trace(step, { frozen: {}, inputs });
    const expected: Record<string, ArrayTensor> = {};
    tf.tidy(() => {
      const { loss, gradient } = step({
        xs: tf.tensor(arrays.xs.data, [2, 5, 3]),
        kernel: tf.tensor(arrays.kernel.data, [7, 16]),
      });
      expected['loss'] = float32(Float32Array.from(loss?.dataSync() ?? []), []);
      expected['gradient'] = float32(Float32Array.from(gradient?.dataSync() ?? []), [7, 16]);
    });
    expectClose(interpret(graph, arrays), expected, 1e-5);
  });
});

describe('gradients of windows that a rounding mode has added', () => {
  // TensorFlow.js' own kernels are not told of the mode; the same windows by explicit padding are the reference.
  const padded: [[number, number], [number, number], [number, number], [number, number]] = [
    [0, 0],
    [0, 1],
    [0, 1],
    [0, 0],
  ];
  const inputs = { x: { shape: [1, 4, 4, 2], dtype: 'float32' } } as const;
  const arrays = {
    x: float32(
      Float32Array.from({ length: 32 }, (_, i) => Math.sin(5 * i)),
      [1, 4, 4, 2],
    ),
  };
  const filter = tf.tensor4d(
    Array.from({ length: 36 }, (_, i) => Math.cos(i)),
    [3, 3, 2, 2],
  );
  const results = (f: (x: tf.Tensor4D) => tf.Tensor): ReturnType<typeof interpret> =>
    interpret(
      trace(
        (given) => {
          const x = at(given) as tf.Tensor4D;
          return { dx: tf.grad((moved) => tf.sum(tf.square(f(moved as tf.Tensor4D))))(x) };
        },
        { frozen: {}, inputs },
      ),
      arrays,
    );

  it('convolutions', () => {
    const rounded = results((x) => tf.conv2d(x, filter, 2, 0, 'NHWC', 1, 'ceil'));
    expectClose(
      rounded,
      results((x) => tf.conv2d(x, filter, 2, padded)),
      0,
    );
  });

  it.each([tf.maxPool, tf.avgPool])('$name', (pool) => {
    const rounded = results((x) => pool(x, 3, 2, 0, 'ceil'));
    expectClose(
      rounded,
      results((x) => pool(x, 3, 2, padded)),
      0,
    );
  });
});
