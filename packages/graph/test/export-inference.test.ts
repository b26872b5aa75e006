// Exported networks compute what the target does, for batches of any size, with the operators that other tools know.
import { type Layer, type NamedArrays, type Step, type Target } from '@mapping-networks/core';
import { exportInference, type PortableModel } from '@mapping-networks/graph';
import { cnn1, cnn2, cnnBn, mlp, sequential } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inferenceOf, logitsOf, noise, randomNetwork, randomWeights } from './random-network.ts';
import { runPortable } from './run-portable.ts';

const BATCHES = [1, 2, 7];

const exported = (target: Target, weights: NamedArrays): PortableModel =>
  exportInference(inferenceOf(target), {
    inputs: { x: { shape: target.inputShape, dtype: 'float32' } },
    weights,
  });

/** The largest difference from TensorFlow.js over batches of all sizes, relative to the largest output. */
const worstOf = async (target: Target, weights: NamedArrays, model: PortableModel): Promise<number> => {
  const inputs = BATCHES.map((batch) => noise([batch, ...target.inputShape], batch));
  const outputs = await runPortable(model, inputs);
  return inputs.reduce((worst, x, at) => {
    const expected = logitsOf(target, weights, x);
    const actual = outputs[at] as Float32Array;
    expect(actual.length).toBe(expected.length);
    const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
    return expected.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - (actual[i] ?? NaN)) / scale),
      worst,
    );
  }, 0);
};

const operators = ({ nodes }: PortableModel): readonly string[] => nodes.map(({ operator }) => operator);

describe('the targets of this project', () => {
  it.each([
    ['cnn1', cnn1()],
    ['cnn2', cnn2()],
    ['cnnBn', cnnBn()],
    ['mlp', mlp()],
  ])('%s', async (_, { impl: target }) => {
    const weights = randomWeights(target, 1);
    const model = exported(target, weights);
    expect(model.inputs).toEqual([{ name: 'x', dtype: 'float32', shape: ['batch', 28, 28, 1] }]);
    expect(model.outputs[0]?.shape).toEqual(['batch', 10]);
    const known = new Set(['Conv', 'Gemm', 'MaxPool', 'Relu', 'Reshape']);
    expect(operators(model).filter((name) => !known.has(name))).toEqual([]);
    expect(await worstOf(target, weights, model)).toBeLessThan(1e-5);
  });
});

it('says what networks are made of in the words of other tools', () => {
  const target = cnn2().impl;
  const model = exported(target, randomWeights(target, 2));
  expect(
    model.nodes.map(({ operator, inputs, outputs }) =>
      [operator, ...inputs, '→', outputs[0]?.name].join(' '),
    ),
  ).toMatchInlineSnapshot(`
    [
      "Reshape x shape_-1_1_28_28 → reshape_0",
      "Conv reshape_0 conv1.kernel conv1.bias → conv1",
      "Relu conv1 → relu_0",
      "MaxPool relu_0 → maxPool_0",
      "Conv maxPool_0 conv2.kernel conv2.bias → conv2",
      "Relu conv2 → relu_1",
      "MaxPool relu_1 → maxPool_1",
      "Reshape maxPool_1 shape_-1_800 → reshape_1",
      "Gemm reshape_1 fc1.kernel fc1.bias → fc1",
      "Relu fc1 → relu_2",
      "Gemm relu_2 fc2.kernel fc2.bias → logits",
    ]
  `);
  expect(model.initializers.map(({ name, shape }) => `${name} ${shape.join('×')}`)).toMatchInlineSnapshot(`
    [
      "conv1.kernel 16×1×3×3",
      "conv2.kernel 32×16×3×3",
      "fc1.kernel 800×128",
      "fc1.bias 128",
      "fc2.kernel 128×10",
      "fc2.bias 10",
      "shape_-1_1_28_28 4",
      "shape_-1_800 2",
      "conv1.bias 16",
      "conv2.bias 32",
    ]
  `);
});

it('random networks of all layers', async () => {
  await fc.assert(
    fc.asyncProperty(randomNetwork, fc.nat(1e6), async (target, seed) => {
      fc.pre(target !== undefined);
      const weights = randomWeights(target, seed);
      const model = exported(target, weights);
      // Sums of a few products may cancel; a mistake is far larger.
      expect(await worstOf(target, weights, model)).toBeLessThan(1e-4);
      expect(operators(model)).not.toContain('Expand');
    }),
    { numRuns: Number(process.env['GRAPH_RUNS'] ?? 60) },
  );
});

describe('what is done to weights instead of activations', () => {
  const layers = (input: readonly number[], ...rest: Layer[]): readonly string[] => {
    const target = sequential({ input, layers: rest });
    return operators(exported(target, randomWeights(target, 3)));
  };

  it('batch normalization goes into what it follows, or is a scale and a shift', () => {
    const conv = { type: 'conv2d', filters: 2, kernelSize: 2 } as const;
    expect(layers([4, 4, 1], conv, { type: 'batchNorm' })).toEqual(['Reshape', 'Conv', 'Transpose']);
    expect(layers([3], { type: 'dense', units: 2 }, { type: 'batchNorm' })).toEqual(['Gemm']);
    const after = layers([3], { type: 'dense', units: 2 }, { type: 'relu' }, { type: 'batchNorm' });
    expect(after).toEqual(['Gemm', 'Relu', 'Mul', 'Add']);
  });

  it('images are turned once, at the input', () => {
    const conv = { type: 'conv2d', filters: 2, kernelSize: 2 } as const;
    const dense = [{ type: 'flatten' }, { type: 'relu' }, { type: 'dense', units: 2 }] as const;
    const pool = { type: 'maxPool2d', poolSize: 2 } as const;
    expect(layers([6, 6, 3], conv, pool, { type: 'elu' }, ...dense)).toEqual([
      'Transpose',
      'Conv',
      'MaxPool',
      'Elu',
      'Relu',
      'Reshape',
      'Gemm',
    ]);
  });

  it('padding and its correction are part of a pool', () => {
    const pool = { type: 'avgPool2d', poolSize: 3, strides: 2, padding: 'same' } as const;
    expect(layers([5, 6, 1], pool, { type: 'globalAvgPool2d' }, { type: 'batchNorm' })).toEqual([
      'Reshape',
      'AveragePool',
      'GlobalAveragePool',
      'Reshape',
      'Mul',
      'Add',
    ]);
  });
});

type Operation = (tensors: Readonly<Record<string, tf.Tensor>>) => tf.Tensor;

interface ByHand {
  readonly input: readonly number[];
  readonly weights?: Readonly<Record<string, readonly number[]>>;
  readonly step: Operation;
  readonly operators: readonly string[];
}

const image = (x: tf.Tensor | undefined): tf.Tensor4D => x as tf.Tensor4D;

describe('targets written by hand', () => {
  const modelOf = ({ input, weights = {}, step }: Omit<ByHand, 'operators'>) => {
    const arrays = Object.fromEntries(
      Object.entries(weights).map(([name, shape], at) => [name, noise(shape, at + 7)]),
    );
    const run: Step = (tensors) => ({ y: step(tensors) });
    return {
      run,
      arrays,
      model: exportInference(run, { inputs: { x: { shape: input, dtype: 'float32' } }, weights: arrays }),
    };
  };

  it.each<[string, ByHand]>([
    [
      'a residual',
      {
        input: [6, 6, 2],
        weights: { w: [3, 3, 2, 2], b: [2] },
        step: ({ x, w, b }) => {
          const y = tf.add(tf.conv2d(image(x), image(w), 1, 'same'), b as tf.Tensor);
          return tf.relu(tf.add(x as tf.Tensor, tf.conv2d(image(tf.relu(y)), image(w), 1, 'same')));
        },
        operators: ['Transpose', 'Conv', 'Relu', 'Conv', 'Add', 'Relu', 'Transpose'],
      },
    ],
    [
      'padding of its own',
      {
        input: [6, 6, 2],
        weights: { w: [3, 3, 2, 4] },
        step: ({ x, w }) => {
          const border: [number, number][] = [
            [0, 0],
            [1, 0],
            [1, 0],
            [0, 0],
          ];
          return tf.conv2d(image(tf.pad(x as tf.Tensor, border)), image(w), 2, 'valid');
        },
        operators: ['Transpose', 'Conv', 'Transpose'],
      },
    ],
    [
      'a dilated and an upsampling convolution',
      {
        input: [8, 8, 3],
        weights: { w: [3, 3, 3, 2], v: [3, 3, 4, 2] },
        step: ({ x, w, v }) => {
          const y = tf.conv2d(image(x), image(w), 1, 'same', 'NHWC', 2);
          return tf.conv2dTranspose(y, image(v), [y.shape[0], 17, 17, 4], 2, 'valid');
        },
        operators: [],
      },
    ],
    [
      'attention',
      {
        input: [4, 6],
        weights: { q: [6, 6], k: [6, 6], c: [1, 1, 6] },
        step: ({ x, q, k, c }) => {
          const rows = tf.reshape(x as tf.Tensor, [-1, 6]);
          const [a, d] = [q, k].map((w) => tf.reshape(tf.matMul(rows, w as tf.Tensor), [-1, 4, 6]));
          const weighted = tf.matMul(
            tf.softmax(tf.matMul(a as tf.Tensor, d as tf.Tensor, false, true)),
            x as tf.Tensor,
          );
          return tf.concat([tf.tile(c as tf.Tensor, [x?.shape[0] ?? 0, 1, 1]), weighted], 1);
        },
        operators: [],
      },
    ],
    [
      'a recurrence from zeros',
      {
        input: [4, 3],
        weights: { w: [5, 2] },
        step: ({ x, w }) =>
          tf
            .unstack(x as tf.Tensor, 1)
            .reduce<tf.Tensor>(
              (h, now) => tf.tanh(tf.matMul(tf.concat([now, h], 1), w as tf.Tensor)),
              tf.zeros([x?.shape[0] ?? 0, 2]),
            ),
        operators: [],
      },
    ],
  ])('%s', async (_, { operators: expected, ...byHand }) => {
    const { run, arrays, model } = modelOf(byHand);
    if (expected.length > 0) expect(operators(model)).toEqual(expected);
    const inputs = BATCHES.map((batch) => noise([batch, ...byHand.input], batch));
    const outputs = await runPortable(model, inputs);
    inputs.forEach((x, at) => {
      const known = tf.tidy(() => {
        const tensors = Object.entries({ ...arrays, x }).map(
          ([name, { data, shape }]): [string, tf.Tensor] => [name, tf.tensor(data, [...shape])],
        );
        return run(Object.fromEntries(tensors))['y']?.dataSync() as Float32Array;
      });
      expect(Array.from(outputs[at] ?? [])).toEqual(
        Array.from(known, (value) => expect.closeTo(value, 4) as unknown),
      );
    });
  });

  it.each<[string, Operation]>([
    ['a number that is the size of the batch', ({ x }) => tf.mul(x as tf.Tensor, x?.shape[0] ?? 0)],
    ['a side that is the batch and one more', ({ x }) => tf.concat([x as tf.Tensor, tf.ones([1, 2])], 0)],
    ['a part of the batch', ({ x }) => tf.slice(x as tf.Tensor, [1, 0], [(x?.shape[0] ?? 0) - 2, 2])],
  ])('are refused for %s', (_, step) => {
    expect(() => modelOf({ input: [2], step })).toThrow(
      expect.objectContaining({ code: 'GRAPH_BATCH_DEPENDENT' }),
    );
  });

  it('are refused for a weight that is called as an input', () => {
    expect(() => modelOf({ input: [2], weights: { x: [2] }, step: ({ x }) => x as tf.Tensor })).toThrow(
      expect.objectContaining({ code: 'GRAPH_NAME_TWICE' }),
    );
  });
});
