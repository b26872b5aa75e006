// Recording itself: what becomes constants and inputs, what is refused, and that TensorFlow.js is left as it was.
import * as tf from '@tensorflow/tfjs-core';
import { float32, int32, type ArrayTensor, type NamedTensors, type Step, type StepSignature } from '@mapping-networks/core';
import { interpret, topological, trace, type Graph, type Node } from '@mapping-networks/graph';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { expectClose } from './expect-close.ts';

const signature: StepSignature = { frozen: {}, inputs: { x: { shape: [2, 3], dtype: 'float32' } } };

const at = (inputs: NamedTensors, name = 'x'): tf.Tensor => {
  const tensor = inputs[name];
  if (tensor === undefined) throw new Error(`no ${name}`);
  return tensor;
};

const ofX =
  (f: (x: tf.Tensor) => tf.Tensor): Step =>
  (inputs) => ({ y: f(at(inputs)) });

const record = (f: (x: tf.Tensor) => tf.Tensor): Graph => trace(ofX(f), signature);

const output = (graph: Graph, name = 'y'): Node => graph.outputs[name] ?? expect.fail(`no ${name}`);

const nodesOf = (graph: Graph): readonly Node[] => topological(Object.values(graph.outputs));

afterEach(() => {
  expect(tf.getBackend()).toBe('cpu');
});

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
          const gates = tf.matMul(tf.concat([x, h], 1) as tf.Tensor2D, kernel as tf.Tensor2D);
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

describe('what cannot be recorded', () => {
  const refused = (f: (x: tf.Tensor) => tf.Tensor, code: string, words: RegExp): void => {
    const before = tf.memory().numTensors;
    expect(() => record(f)).toThrow(expect.objectContaining({ code }));
    expect(() => record(f)).toThrow(words);
    expect(tf.memory().numTensors).toBe(before);
    expect(tf.getBackend()).toBe('cpu');
  };

  it.each([
    ['dataSync', (x: tf.Tensor) => tf.scalar(tf.mean(x).dataSync()[0] ?? 0)],
    ['arraySync', (x: tf.Tensor) => tf.tensor(tf.neg(x).arraySync())],
    ['print', (x: tf.Tensor) => (tf.neg(x).print(), x)],
  ])('numbers that are read: %s', (_name, f) => {
    refused(f, 'GRAPH_DATA_READ', /asked for the numbers/);
  });

  it('numbers that are read later', async () => {
    const promises: Promise<unknown>[] = [];
    record((x) => {
      promises.push(tf.neg(x).data());
      return x;
    });
    for (const promise of promises) {
      await expect(promise).rejects.toThrow(expect.objectContaining({ code: 'GRAPH_DATA_READ' }));
    }
    expect(promises).toHaveLength(2);
  });

  it('random numbers of TensorFlow.js', () => {
    refused(
      (x) => tf.add(x, tf.randomNormal([3])),
      'GRAPH_NOT_PURE',
      /constant of type float32 \[3\], used by binary add/,
    );
    refused((x) => tf.dropout(x, 0.5), 'GRAPH_NOT_PURE', /again/);
    refused((x) => tf.multinomial(x as tf.Tensor2D, 2), 'GRAPH_NOT_PURE', /Multinomial.*random/);
  });

  it('captured randomness in one large array', () => {
    refused((x) => tf.add(x, tf.sum(tf.randomUniform([1100, 1000]))), 'GRAPH_NOT_PURE', /again/);
  });

  it('counters, and tensors kept from the call before', () => {
    let calls = 0;
    refused((x) => tf.mul(x, calls++), 'GRAPH_NOT_PURE', /again/);
    const kept: tf.Tensor[] = [];
    record((x) => {
      kept.push(tf.keep(tf.neg(x)));
      return x;
    });
    refused((x) => tf.add(x, kept[0] as tf.Tensor), 'GRAPH_NOT_PURE', /earlier call/);
    for (const tensor of kept) tensor.dispose();
  });

  it('outputs that come and go', () => {
    let calls = 0;
    const fickle: Step = (inputs) => (calls++ === 0 ? { y: at(inputs) } : { z: at(inputs) });
    expect(() => trace(fickle, signature)).toThrow(expect.objectContaining({ code: 'GRAPH_NOT_PURE' }));
  });

  it('operations without a kernel', () => {
    refused((x) => tf.topk(x, 1).values, 'GRAPH_UNSUPPORTED_KERNEL', /TopK.*engine: 'wasm'/);
    refused(
      (x) => tf.fused.matMul({ a: x as tf.Tensor2D, b: tf.ones([3, 3]), activation: 'gelu' as 'relu' }),
      'GRAPH_UNSUPPORTED_KERNEL',
      /gelu/,
    );
  });

  it('strings and complex numbers', () => {
    refused((x) => (tf.tensor(['a']), x), 'GRAPH_UNSUPPORTED_TYPE', /string/);
    refused((x) => tf.cast(x, 'complex64'), 'GRAPH_UNSUPPORTED_TYPE', /complex64/);
  });

  it('a name that is frozen and an input', () => {
    const twice = { ...signature, frozen: { x: int32(Int32Array.of(1)) } };
    expect(() => trace(ofX(tf.neg), twice)).toThrow(expect.objectContaining({ code: 'GRAPH_NAME_TWICE' }));
  });

  it('errors of the step come out as they are', () => {
    refused(
      () => {
        throw Object.assign(new Error('mine'), { code: 'MINE' });
      },
      'MINE',
      /mine/,
    );
  });
});

describe('TensorFlow.js afterwards', () => {
  it('has the backend of before, its tensors, and no more of them', () => {
    const mine = tf.tensor1d([1, 2, 3]);
    const before = tf.memory().numTensors;
    const graph = record((x) => tf.mul(x, mine));
    expect(tf.memory().numTensors).toBe(before);
    expect(nodesOf(graph)).toContainEqual(expect.objectContaining({ kind: 'constant' }));
    expect([...mine.dataSync()]).toEqual([1, 2, 3]);
    expect([...tf.tidy(() => tf.square(mine)).dataSync()]).toEqual([1, 4, 9]);
    mine.dispose();
  });

  it('gives back constants that the step reads or keeps', () => {
    let kept: tf.Tensor | undefined;
    const f = (x: tf.Tensor): tf.Tensor => {
      kept ??= tf.keep(tf.tensor1d([2, 3, 4]));
      return tf.mul(tf.mul(x, kept), tf.zeros([3]).dataSync()[0] ?? 1);
    };
    expect(record(f).outputs).toHaveProperty('y');
    expect([...(kept?.dataSync() ?? [])]).toEqual([2, 3, 4]);
    kept?.dispose();
  });

  it('is in no hurry to register the backend, and does so once', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    record(tf.neg);
    record(tf.neg);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it('has right numbers for a float32 backend while recording', () => {
    const seen: number[] = [];
    record((x) => {
      seen.push(tf.backend().epsilon(), tf.backend().floatPrecision());
      return x;
    });
    expect(seen.slice(0, 2)).toEqual([1e-7, 32]);
  });
});
