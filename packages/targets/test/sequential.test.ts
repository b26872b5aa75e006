// What `sequential` infers from a list of layers, what it refuses, and that it keeps nothing.
import type { MappingNetworksError } from '@mapping-networks/core';
import { sequential, type Layer } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { bufferTensors, tensor, tensors, valuesFor } from './network.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const everything: readonly Layer[] = [
  { type: 'conv2d', filters: 4, kernelSize: 3, padding: 'same', init: { type: 'glorot' } },
  { type: 'batchNorm' },
  { type: 'relu' },
  { type: 'avgPool2d', poolSize: 2 },
  { type: 'conv2d', filters: 3, kernelSize: 2, bias: false },
  { type: 'dropout', rate: 0.5 },
  { type: 'flatten' },
  { type: 'dense', name: 'head', units: 5 },
  { type: 'batchNorm', name: 'last' },
];

test('names, order, shapes, roles and fans follow from the list', () => {
  const target = sequential({ input: [8, 6, 2], layers: everything });
  const rows = target.parameters.parameters.map(({ name, shape, role, layer }) => [name, shape, role, layer]);
  expect(rows).toEqual([
    ['conv2d1.kernel', [3, 3, 2, 4], 'kernel', 'conv2d1'],
    ['conv2d1.bias', [4], 'bias', 'conv2d1'],
    ['batchNorm1.gain', [4], 'gain', 'batchNorm1'],
    ['batchNorm1.bias', [4], 'bias', 'batchNorm1'],
    ['conv2d2.kernel', [2, 2, 4, 3], 'kernel', 'conv2d2'],
    ['head.kernel', [18, 5], 'kernel', 'head'],
    ['head.bias', [5], 'bias', 'head'],
    ['last.gain', [5], 'gain', 'last'],
    ['last.bias', [5], 'bias', 'last'],
  ]);
  expect(target.parameters.parameters.map(({ fanIn, fanOut }) => [fanIn, fanOut]).slice(0, 6)).toEqual([
    [18, 36],
    [1, 4],
    [1, 4],
    [1, 4],
    [16, 12],
    [18, 5],
  ]);
  expect(target.parameters.parameters[0]?.init).toEqual({ type: 'glorot' });
  expect(target.parameters.parameters[5]?.init).toEqual({ type: 'he' });
  expect(target.outputShape).toEqual([5]);
});

test('buffers and masks are listed with the shape of their layer', () => {
  const target = sequential({ input: [8, 6, 2], layers: everything });
  expect(target.buffers).toEqual([
    { name: 'batchNorm1.runningMean', shape: [4], initial: 0 },
    { name: 'batchNorm1.runningVariance', shape: [4], initial: 1 },
    { name: 'last.runningMean', shape: [5], initial: 0 },
    { name: 'last.runningVariance', shape: [5], initial: 1 },
  ]);
  expect(target.masks).toEqual([{ name: 'dropout1.mask', shape: [3, 2, 3], rate: 0.5 }]);
  const without = sequential({
    input: [4],
    layers: [
      { type: 'dropout', rate: 0 },
      { type: 'dense', units: 1 },
    ],
  });
  expect(without.masks).toEqual([]);
});

describe.each([true, false])('apply with training = %s', (training) => {
  const target = sequential({ input: [8, 6, 2], layers: everything });
  const values = valuesFor(target, 2, 3);

  test('leaves only its output and new buffers behind, and the same each time', () => {
    const [parameters, buffers, x] = [tensors(values.parameters), bufferTensors(target), tensor(values.x)];
    const masks = training ? tensors(values.masks) : {};
    const before = tf.memory().numTensors;
    const first = target.apply(parameters, buffers, x, { training, masks });
    // In inference the buffers that came in are handed on.
    expect(tf.memory().numTensors - before).toBe(training ? 1 + target.buffers.length : 1);
    expect(Object.keys(first.buffers).sort()).toEqual(target.buffers.map(({ name }) => name).sort());
    const second = target.apply(parameters, buffers, x, { training, masks });
    expect(second.output.dataSync()).toEqual(first.output.dataSync());
    for (const name of Object.keys(buffers)) {
      expect(second.buffers[name]?.dataSync()).toEqual(first.buffers[name]?.dataSync());
    }
    for (const named of [parameters, buffers, masks, first.buffers, second.buffers]) tf.dispose({ ...named });
    tf.dispose([x, first.output, second.output]);
  });
});

test('dropout multiplies by its mask in training and does nothing in inference', () => {
  const target = sequential({
    input: [3],
    layers: [
      { type: 'dropout', name: 'drop', rate: 0.5 },
      { type: 'dense', name: 'd', units: 3, bias: false },
    ],
  });
  const outputs = tf.tidy(() => {
    const parameters = { 'd.kernel': tf.tensor2d([1, 0, 0, 0, 1, 0, 0, 0, 1], [3, 3]) };
    const x = tf.tensor2d([1, 2, 3], [1, 3]);
    const masks = { 'drop.mask': tf.tensor2d([0, 2, 2], [1, 3]) };
    const read = (training: boolean): number[] => [
      ...target.apply(parameters, {}, x, { training, masks: training ? masks : {} }).output.dataSync(),
    ];
    return { training: read(true), inference: read(false) };
  });
  expect(outputs).toEqual({ training: [0, 4, 6], inference: [1, 2, 3] });
});

const dense: Layer = { type: 'dense', name: 'head', units: 2 };

const refused: readonly [code: string, says: RegExp, input: readonly number[], layers: readonly unknown[]][] =
  [
    ['TARGETS_LAYER_INPUT', /'head' \(dense\).*\[4, 4, 1\].*flatten/, [4, 4, 1], [dense]],
    [
      'TARGETS_LAYER_INPUT',
      /'conv2d1'.*\[height, width, channels\]/,
      [4],
      [{ type: 'conv2d', filters: 1, kernelSize: 1 }],
    ],
    ['TARGETS_LAYER_INPUT', /'globalAvgPool2d1'/, [4], [{ type: 'globalAvgPool2d' }]],
    [
      'TARGETS_WINDOW_TOO_LARGE',
      /'maxPool2d1'.*5×5.*\[4, 6, 1\]/,
      [4, 6, 1],
      [{ type: 'maxPool2d', poolSize: 5 }],
    ],
    ['TARGETS_RESHAPE_SIZE', /'reshape1'.*\[6\].*\[4, 2\]/, [6], [{ type: 'reshape', shape: [4, 2] }]],
    ['TARGETS_INVALID_LAYER', /'reshape1'.*'shape\.0'.*-2/, [6], [{ type: 'reshape', shape: [-2, -3] }]],
    [
      'TARGETS_INVALID_LAYER',
      /padding.*'same' or 'valid'.*smae/,
      [4, 4, 1],
      [{ type: 'maxPool2d', poolSize: 2, padding: 'smae' }],
    ],
    ['TARGETS_INVALID_LAYER', /'head'.*units.*2\.5/, [4], [{ ...dense, units: 2.5 }]],
    ['TARGETS_INVALID_LAYER', /kernelSize.*0/, [4, 4, 1], [{ type: 'conv2d', filters: 1, kernelSize: 0 }]],
    ['TARGETS_INVALID_LAYER', /strides.*-1/, [4, 4, 1], [{ type: 'avgPool2d', poolSize: 1, strides: -1 }]],
    ['TARGETS_INVALID_LAYER', /rate.*1/, [4], [{ type: 'dropout', rate: 1 }]],
    ['TARGETS_INVALID_LAYER', /momentum/, [4], [{ type: 'batchNorm', momentum: 0 }]],
    ['TARGETS_INVALID_LAYER', /epsilon/, [4], [{ type: 'batchNorm', epsilon: 0 }]],
    [
      'TARGETS_INVALID_LAYER',
      /'dense1'.*'unit': expected no such key.*'units'/,
      [4],
      [{ type: 'dense', units: 2, unit: 3 }],
    ],
    [
      'TARGETS_INVALID_LAYER',
      /'init\.std'.*above 0.*0/,
      [4],
      [{ ...dense, init: { type: 'normal', mean: 0, std: 0 } }],
    ],
    ['TARGETS_UNKNOWN_LAYER', /got null/, [4], [null]],
    ['TARGETS_UNKNOWN_LAYER', /got "dense"/, [4], ['dense']],
    ['TARGETS_UNKNOWN_LAYER', /lstm.*batchNorm.*tanh/, [4], [{ type: 'lstm' }]],
    ['TARGETS_LAYER_NAME', /'head'/, [4], [dense, dense]],
    ['TARGETS_LAYER_NAME', /''/, [4], [{ ...dense, name: '' }]],
    ['TARGETS_INPUT_SHAPE', /\[0,3\]/, [0, 3], [dense]],
    ['TARGETS_INPUT_SHAPE', /\[\]/, [], [dense]],
    ['CORE_EMPTY_SPACE', /at least one tensor/, [4], [{ type: 'relu' }]],
  ];

test.each(refused)('%s says %s', (code, says, input, layers) => {
  const build = (): unknown => sequential({ input, layers: layers as readonly Layer[] });
  expect(build).toThrow(expect.objectContaining({ code }));
  expect(build).toThrow(says);
});

describe('apply refuses', () => {
  const target = sequential({ input: [8, 6, 2], layers: everything });
  const values = valuesFor(target, 2, 3);
  const attempt = (change: (given: Given) => Partial<Given>): MappingNetworksError | undefined => {
    const before = tf.memory().numTensors;
    const given: Given = {
      parameters: tensors(values.parameters),
      buffers: bufferTensors(target),
      masks: tensors(values.masks),
      x: tensor(values.x),
    };
    const { parameters, buffers, masks, x } = { ...given, ...change(given) };
    try {
      target.apply(parameters, buffers, x, { training: true, masks });
    } catch (error) {
      return error as MappingNetworksError;
    } finally {
      tf.dispose({ ...given });
      expect(tf.memory().numTensors).toBe(before);
    }
    return undefined;
  };
  interface Given {
    readonly parameters: Record<string, tf.Tensor>;
    readonly buffers: Record<string, tf.Tensor>;
    readonly masks: Record<string, tf.Tensor>;
    readonly x: tf.Tensor;
  }

  test('a batch of another shape', () => {
    const error = attempt(({ masks }) => ({ x: masks['dropout1.mask']! }));
    expect(error).toMatchObject({ code: 'TARGETS_BATCH_SHAPE' });
    expect(error?.message).toContain('[batch, 8, 6, 2]');
  });

  test.each([
    ['parameters', 'conv2d1.kernel'],
    ['buffers', 'batchNorm1.runningVariance'],
    ['masks', 'dropout1.mask'],
  ] as const)('missing %s, by name', (key, name) => {
    const error = attempt((given) => {
      const { [name]: gone, ...rest } = given[key];
      gone?.dispose();
      return { [key]: rest };
    });
    expect(error).toMatchObject({ code: 'TARGETS_MISSING_TENSOR' });
    expect(error?.message).toContain(`'${name}'`);
  });
});
