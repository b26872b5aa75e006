// What the wrong calls may name besides the exports of the packages: small things that are right.
import * as core from '@mapping-networks/core';
import * as node from '@mapping-networks/core/node';
import * as datasets from '@mapping-networks/datasets';
import * as engines from '@mapping-networks/engine-eager';
import * as onnxEngine from '@mapping-networks/engine-onnx';
import * as losses from '@mapping-networks/losses';
import * as targets from '@mapping-networks/targets';
import * as training from '@mapping-networks/train';
import * as tf from '@tensorflow/tfjs-core';
import * as umbrella from 'mapping-networks';
import { z } from 'zod';

const layout: datasets.Layout = {
  inputShape: [2],
  task: 'classification',
  normalization: { scale: 1, mean: 0, std: 1 },
};
const examples: datasets.Examples = { inputs: Float32Array.of(0, 0, 1, 1), labels: Uint8Array.of(0, 1) };
const splitsOf = (each: datasets.Examples): datasets.DatasetArrays => ({
  train: each,
  validation: each,
  test: each,
});

const two = datasets.defineDataset({
  name: 'two',
  inputShape: [2],
  classes: ['left', 'right'],
  load: () => splitsOf(examples),
});
const three = datasets.defineDataset({
  name: 'three',
  inputShape: [2],
  classes: ['left', 'middle', 'right'],
  load: () => splitsOf(examples),
});

const target = targets.mlp({ inputShape: [2], hidden: [3], classes: 2 });
const parameterization = core.mapping({ latentDim: 4 });
const model: core.Model = {
  target,
  parameterization,
  trainables: core.modelMap({ target, parameterization }).init(0),
  buffers: {},
};
const files = core.encodeBundle(model);

/** Every name that a wrong call may use, in a folder of its own. */
export const openScope = async (folder: string): Promise<Readonly<Record<string, unknown>>> => {
  const cpu = engines.cpu();
  const session = await cpu.impl.open();
  const disposed = await cpu.impl.open();
  disposed.dispose();
  const onnx = onnxEngine.onnx({ threads: 1 });
  const native = await onnx.impl.open();
  const nativeDisposed = await onnx.impl.open();
  nativeDisposed.dispose();
  const config = { target: 'mlp', dataset: 'glyphs', latentDim: 32 };
  const { latentDim: _, ...withoutMap } = config;
  return {
    ...core,
    ...node,
    ...datasets,
    ...engines,
    ...onnxEngine,
    ...losses,
    ...targets,
    ...training,
    ...umbrella,
    tf,
    folder,
    config,
    of: (options: object) => ({ ...withoutMap, parameterization: { use: 'mapping', ...options } }),
    anyOptions: z.strictObject({}),
    usedOption: z.strictObject({ use: z.string().default('') }),
    layout,
    examples,
    splitsOf,
    three,
    parts: {
      target,
      parameterization,
      loss: losses.crossEntropy(),
      dataset: two(),
      engine: cpu,
      epochs: 1,
    } satisfies training.TrainOptions,
    splits: await two().impl.load(),
    space: core.parameterSpace([core.kernel('fc', [4, 2])]),
    model,
    files,
    edited: (changes: object) => ({
      ...files,
      'config.json': JSON.stringify({ ...(JSON.parse(files['config.json']) as object), ...changes }),
    }),
    session,
    disposed,
    native,
    nativeDisposed,
    vector: { shape: [2], dtype: 'float32' } satisfies core.InputSpec,
    step: (inputs: core.NamedTensors) => inputs,
  };
};
