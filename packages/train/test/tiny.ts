// The smallest things one can train: three blobs of points, a linear classifier, a net with BatchNorm and dropout,
// and the losses for them. All are written against the contracts alone, as a user would.
import * as tf from '@tensorflow/tfjs-core';
import {
  bias,
  definePlugin,
  kernel,
  normal,
  parameterSpace,
  randomKey,
  zeros,
  type DatasetSplits,
  type Loss,
  type LossContext,
  type NamedTensors,
  type ParameterMap,
  type Part,
  type Split,
  type Target,
} from '@mapping-networks/core';
import { z } from 'zod';

export const at = (tensors: NamedTensors, name: string): tf.Tensor => {
  const tensor = tensors[name];
  if (!tensor) throw new Error(`no tensor '${name}' among ${Object.keys(tensors).join(', ')}`);
  return tensor;
};

const part = <K extends 'target' | 'dataset' | 'loss' | 'parameterization'>(
  kind: K,
  name: string,
  impl: Part<K>['impl'],
): Part<K> => ({ kind, name, options: {}, impl });

// Data

const INPUT = 2;
const CLASSES = 3;

/** Points around three corners, in classes 0, 1, 2, 0, … */
const blobs = (name: string, size: number): Split => {
  const noise = normal(randomKey(1, 'blobs', name), size * INPUT);
  const label = (i: number): number => i % CLASSES;
  const x = noise.map((value, i) => {
    const corner = (2 * Math.PI * label(Math.floor(i / INPUT))) / CLASSES;
    return 2 * (i % INPUT === 0 ? Math.cos(corner) : Math.sin(corner)) + 0.5 * value;
  });
  return {
    size,
    batch: (indices) => ({
      size: indices.length,
      x: Float32Array.from({ length: indices.length * INPUT }, (_, i) => {
        const index = indices[Math.floor(i / INPUT)] ?? 0;
        return x[index * INPUT + (i % INPUT)] ?? Number.NaN;
      }),
      y: Int32Array.from(indices, label),
    }),
  };
};

const info: DatasetSplits['info'] = {
  name: 'blobs',
  title: 'Three blobs',
  inputShape: [INPUT],
  task: 'classification',
  classes: ['a', 'b', 'c'],
  normalization: { scale: 1, mean: 0, std: 1 },
  source: { title: 'made here', url: '', licence: 'CC0' },
};

export const blobSplits: DatasetSplits = {
  info,
  train: blobs('train', 50),
  validation: blobs('validation', 21),
  test: blobs('test', 23),
};

export const dataset: Part<'dataset'> = part('dataset', 'blobs', {
  info,
  load: () => Promise.resolve(blobSplits),
});

export const datasetOf = (splits: DatasetSplits): Part<'dataset'> =>
  part('dataset', splits.info.name, { info: splits.info, load: () => Promise.resolve(splits) });

// Targets

const linearSpace = parameterSpace([kernel('fc', [INPUT, CLASSES]), bias('fc', CLASSES)]);

const logits = (parameters: NamedTensors, x: tf.Tensor): tf.Tensor =>
  tf.add(
    tf.matMul(tf.reshape(x, [-1, INPUT]), tf.reshape(at(parameters, 'fc.kernel'), [INPUT, CLASSES])),
    at(parameters, 'fc.bias'),
  );

export const linearTarget: Part<'target'> = part('target', 'linear', {
  inputShape: [INPUT],
  outputShape: [CLASSES],
  parameters: linearSpace,
  buffers: [],
  masks: [],
  apply: (parameters, buffers, x) => ({ output: logits(parameters, x), buffers }),
});

const normalised: Target = {
  inputShape: [INPUT],
  outputShape: [CLASSES],
  parameters: linearSpace,
  buffers: [{ name: 'norm.mean', shape: [INPUT], initial: 0.25 }],
  masks: [{ name: 'drop', shape: [INPUT], rate: 0.4 }],
  apply: (parameters, buffers, x, { training, masks }) => {
    const running = at(buffers, 'norm.mean');
    const mean = training ? tf.mean(x, 0) : running;
    const centred = tf.sub(x, mean);
    const dropped = training ? tf.mul(centred, at(masks, 'drop')) : centred;
    const next = training ? tf.add(tf.mul(running, 0.9), tf.mul(mean, 0.1)) : running;
    return { output: logits(parameters, dropped), buffers: { 'norm.mean': next } };
  },
};

/** Subtracts the batch mean (keeping a running one), drops 40 % of the inputs, then the linear classifier. */
export const statefulTarget: Part<'target'> = part('target', 'stateful', normalised);

// Parameterizations

/** Every parameter is trained as it is, from zero; with `unused`, there is one trainable that nothing depends on. */
export const identity = ({ unused = false } = {}): Part<'parameterization'> =>
  part('parameterization', 'identity', {
    learningRate: 0.1,
    bind: (space): ParameterMap => {
      const own = space.parameters.map(({ name, shape }) => ({ name, shape }));
      const trainables = unused ? [...own, { name: 'unused', shape: [2] }] : own;
      return {
        space,
        trainables,
        init: () => Object.fromEntries(trainables.map(({ name, shape }) => [name, zeros(shape)])),
        frozen: () => ({}),
        materialize: (values) => Object.fromEntries(own.map(({ name }) => [name, at(values, name)])),
        generate: () => new Float32Array(space.size),
        regularizers: {},
      };
    },
  });

// Losses

const perExample = (output: tf.Tensor, labels: tf.Tensor): tf.Tensor1D => {
  const oneHot = tf.oneHot(tf.cast(labels, 'int32'), output.shape.at(-1) ?? 1);
  return tf.neg(tf.sum(tf.mul(tf.logSoftmax(output), oneHot), -1));
};

const plain: Loss = {
  requires: { noise: false, regularizers: [] },
  trainables: [],
  init: () => ({}),
  evaluate: ({ output, labels }) => {
    const task = tf.mean<tf.Scalar>(perExample(output, labels));
    return { total: task, terms: { task } };
  },
  perExample,
  check: () => [],
  diagnose: () => [],
};

export const crossEntropy: Part<'loss'> = part('loss', 'crossEntropy', plain);

export const lossLike = (changes: Partial<Loss>): Part<'loss'> =>
  part('loss', 'changed', { ...plain, ...changes });

const stability = ({ output, trainables, noise, forward }: LossContext): tf.Scalar => {
  const moved = Object.entries(trainables).map(([name, value]) => [
    name,
    tf.add(value, tf.mul(at(noise, name), 0.1)),
  ]);
  return tf.mean(tf.squaredDifference(forward(Object.fromEntries(moved)), output));
};

/** Cross-entropy + exp(w)·(stability) − w with a trained w: noise, a second forward pass and a trainable of the loss. */
export const weighted: Part<'loss'> = lossLike({
  requires: { noise: true, regularizers: [] },
  trainables: [{ name: 'w', shape: [] }],
  init: () => ({ w: zeros([]) }),
  evaluate: (context) => {
    const task = tf.mean<tf.Scalar>(perExample(context.output, context.labels));
    const w = at(context.weights, 'w');
    const moved = stability(context);
    const total = tf.sub<tf.Scalar>(tf.add(task, tf.mul(tf.exp(w), moved)), w);
    return { total, terms: { task, stability: moved } };
  },
});

/** An optimizer that steps towards infinity. */
export const exploding = definePlugin<'optimizer', 'exploding', object, object>({
  kind: 'optimizer',
  name: 'exploding',
  summary: 'Diverges.',
  options: z.strictObject({}),
  slots: {},
  create: () => ({
    init: () => ({}),
    update: (gradients, state) => ({
      updates: Object.fromEntries(Object.entries(gradients).map(([name, g]) => [name, tf.mul(g, 1e38)])),
      state,
    }),
  }),
});
