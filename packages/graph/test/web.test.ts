// All forms of a model, in the build of ONNX Runtime that pages load: they give what the native one gives.
import { mapping, modelMap } from '@mapping-networks/core';
import {
  encodeModel,
  exportGenerator,
  exportInference,
  toFloat16,
  toQdq,
  toSparse,
  type PortableModel,
} from '@mapping-networks/graph';
import { cnnBn } from '@mapping-networks/targets';
import type * as tf from '@tensorflow/tfjs-core';
import * as ort from 'onnxruntime-web';
import { beforeAll, expect, it } from 'vitest';
import { gridWeights } from './random-grid.ts';
import { inferenceOf, noise } from './random-network.ts';
import { runPortable } from './run-portable.ts';

const part = cnnBn();
const target = part.impl;
const signature = { inputs: { x: { shape: target.inputShape, dtype: 'float32' } } } as const;
const { weights, grids } = gridWeights(target);
const model = exportInference(inferenceOf(target), {
  ...signature,
  weights,
  exact: new Set(Object.keys(grids)),
});
const codes = toQdq(model, { weights: (name) => grids[name] });

const generator = (): PortableModel => {
  const map = modelMap({ target: part, parameterization: mapping({ latentDim: 500 }) });
  const buffers = Object.fromEntries(target.buffers.map(({ name }) => [name, weights[name]] as const));
  return exportGenerator(
    ({ x, ...given }) => ({
      logits: target.apply(map.materialize(given, given), given, x as tf.Tensor, {
        training: false,
        masks: {},
      }).output,
    }),
    {
      ...signature,
      weights: { ...map.init(1), ...map.frozen(), ...buffers } as typeof weights,
      randomRows: map.randomRows?.() ?? [],
    },
  );
};

/** The first `left` of each `group` codes of all kernels, the others 0. */
const pruned = (left: number, group: number): PortableModel =>
  toQdq(model, {
    weights: (name) => {
      const grid = grids[name];
      return grid && { ...grid, codes: grid.codes.map((code, at) => (at % group < left ? code : 0)) };
    },
  });

const half = { scale: 1 / 127, zeroPoint: 128 };
const above = { scale: 1 / 64, zeroPoint: 0 };
const integers = toQdq(model, {
  weights: (name) => grids[name],
  activations: { x: half, conv1: half, relu_0: above, conv2: half, relu_1: above },
});

beforeAll(() => {
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = 'error';
});

it.each<[string, PortableModel]>([
  ['float32', model],
  ['float16', toFloat16(model)],
  ['int8 weights', codes],
  ['int8', integers],
  ['sparse int8, one of forty left', toSparse(pruned(1, 40))],
  ['sparse int8, one of twelve left', toSparse(pruned(1, 12))],
  ['sparse int8, 2:4', toSparse(pruned(2, 4))],
  ['generator', generator()],
])('%s', async (_, form) => {
  const session = await ort.InferenceSession.create(encodeModel(form), { executionProviders: ['wasm'] });
  for (const batch of [1, 3]) {
    const x = noise([batch, 28, 28, 1], batch);
    const { logits } = await session.run({ x: new ort.Tensor('float32', x.data as Float32Array, x.shape) });
    const [expected] = await runPortable(form, [x]);
    expect(logits?.dims).toEqual([batch, 10]);
    const values = Array.from(logits?.data as Float32Array);
    expect(values).toEqual(Array.from(expected ?? [], (value) => expect.closeTo(value, 4) as unknown));
  }
  await session.release();
});
