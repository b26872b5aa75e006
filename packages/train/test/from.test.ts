// A run that begins with a network instead of fresh numbers, and one whose map is bound with constants.
import {
  direct,
  float32,
  modelParameters,
  modelTheta,
  type Model,
  type NamedArrays,
  type ParameterMap,
  type Parameterization,
  type Part,
} from '@mapping-networks/core';
import { cpu } from '@mapping-networks/engine-eager';
import { compileGenerator, evaluate, predict, train, type TrainOptions } from '@mapping-networks/train';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { abortAt, memoryStore, outcome, part } from './support/interrupted.ts';
import { base } from './tiny-run.ts';
import { at, blobSplits, crossEntropy, linearTarget, statefulTarget, weighted } from './tiny.ts';

const MASK = 'mask/fc.kernel';
const identityMap: Parameterization = direct().impl;

/** The identity with a mask on the kernel, as a map that needs a constant. */
const maskedIdentity: Part<'parameterization'> = {
  kind: 'parameterization',
  name: 'maskedIdentity',
  options: {},
  impl: {
    learningRate: identityMap.learningRate,
    constants: () => [{ name: MASK, shape: [2, 3], dtype: 'float32' }],
    bind: (space, constants = {}): ParameterMap => {
      const inner = identityMap.bind(space);
      const mask = constants[MASK]?.data ?? new Float32Array(6);
      const { offset } = space.parameters.find(({ name }) => name === 'fc.kernel') ?? { offset: 0 };
      return {
        ...inner,
        frozen: () => ({ ...inner.frozen(), mask: float32(Float32Array.from(mask), [2, 3]) }),
        materialize: (trainables, frozen) => {
          const all = inner.materialize(trainables, frozen);
          return { ...all, 'fc.kernel': tf.mul(at(all, 'fc.kernel'), at(frozen, 'mask')) };
        },
        generate: (trainables) =>
          inner
            .generate(trainables)
            .map((value, i) => (i >= offset && i < offset + 6 ? value * (mask[i - offset] ?? 0) : value)),
      };
    },
  },
};

const constants: NamedArrays = { [MASK]: float32(Float32Array.of(1, 0, 1, 0, 1, 1), [2, 3]) };

const bytes = (arrays: NamedArrays): unknown =>
  Object.fromEntries(Object.entries(arrays).map(([name, { data }]) => [name, [...data]]));

describe('from', () => {
  it('is where the run begins, trainables and buffers, and stays as it is', async () => {
    const options: TrainOptions = { ...base, target: statefulTarget, loss: weighted };
    const { model } = await train({ ...options, epochs: 5 });
    const before = bytes({ ...model.trainables, ...model.buffers });
    const on = await train({ ...options, epochs: 1, learningRate: 1e-30, from: model });
    expect(bytes(on.model.trainables)).toEqual(bytes(model.trainables));
    expect(bytes({ ...model.trainables, ...model.buffers })).toEqual(before);
    // The running mean was near the data's already; begun anew at 0.25, it would still be on its way.
    const fresh = await train({ ...options, epochs: 1, learningRate: 1e-30 });
    expect(bytes(on.model.buffers)).not.toEqual(bytes(fresh.model.buffers));
  });

  it('trains on: better than where it began', async () => {
    const first = await train({ ...base, epochs: 1 });
    const second = await train({ ...base, epochs: 3, from: first.model });
    expect(second.validation?.loss).toBeLessThan(first.validation?.loss ?? 0);
  });

  it.each<[string, unknown, RegExp]>([
    ['trainables', { trainables: {}, buffers: {} }, /trainables '.*' is missing, not float32/],
    [
      'shapes',
      { trainables: { 'fc.kernel': float32(new Float32Array(3)) }, buffers: {} },
      /trainables 'fc\.kernel' is float32 \[3\], not float32 \[2, 3\]/,
    ],
    [
      'buffers',
      { trainables: {}, buffers: { mean: float32(new Float32Array(3)) } },
      /buffers 'mean' is not one of this network/,
    ],
    [
      'constants that no part of the map asks for',
      { trainables: {}, buffers: {}, constants },
      /constants 'mask\/fc\.kernel' is not one of this network/,
    ],
  ])('of other %s is refused: TRAIN_FOREIGN_START', async (_name, from, message) => {
    const run = train({ ...base, from: from as Model });
    await expect(run).rejects.toMatchObject({ code: 'TRAIN_FOREIGN_START' });
    await expect(run).rejects.toThrow(message);
  });

  it.each([3, 'model', null, { trainables: 1, buffers: {} }, { trainables: {}, buffers: null }])(
    'is no %j: TRAIN_INVALID_OPTION',
    async (from) => {
      await expect(train({ ...base, from: from as never })).rejects.toMatchObject({
        code: 'TRAIN_INVALID_OPTION',
      });
    },
  );
});

describe('a map with constants', () => {
  const masked: TrainOptions = { ...base, parameterization: maskedIdentity, checkpointEvery: 2 };
  const from = async (): Promise<Model> => ({
    ...(await train({ ...base, parameterization: direct(), epochs: 1 })).model,
    constants,
  });
  const zeroAt = (kernel: ArrayLike<number>): readonly number[] =>
    Array.from(kernel).flatMap((value, i) => (value === 0 ? [i] : []));

  it('is trained with them, and hands them on', async () => {
    const { model } = await train({ ...masked, from: await from() });
    expect(model.constants).toEqual(constants);
    expect(zeroAt(modelParameters(model)['fc.kernel']?.data ?? [])).toEqual([1, 3]);
    const { data = [] } = model.trainables['fc.kernel'] ?? {};
    expect(zeroAt(data)).toEqual([]);
  });

  it('is evaluated, asked for outputs and generated with them', async () => {
    const { model, test } = await train({ ...masked, from: await from() });
    const scored = await evaluate({ model, split: blobSplits.test, loss: crossEntropy, engine: cpu() });
    expect(scored.loss).toBeCloseTo(test?.loss ?? 0, 6);
    // The input (0, 1) sees the second row of the kernel alone, whose first weight is masked.
    const { outputs } = await predict({ model, inputs: Float32Array.of(0, 1), engine: cpu() });
    const weights = modelParameters(model);
    expect(outputs[0]).toBeCloseTo(weights['fc.bias']?.data[0] ?? 0, 6);
    const session = await cpu().impl.open();
    const map = maskedIdentity.impl.bind(linearTarget.impl.parameters, constants);
    const theta = await compileGenerator(session, map).run(model.trainables);
    session.dispose();
    expect([...theta]).toEqual([...modelTheta(model)]);
  });

  it('cannot be trained without them: TRAIN_MISSING_CONSTANTS', async () => {
    const run = train(masked);
    await expect(run).rejects.toMatchObject({ code: 'TRAIN_MISSING_CONSTANTS' });
    await expect(run).rejects.toThrow("'mask/fc.kernel'");
  });

  it('refuses those of another shape: TRAIN_FOREIGN_START', async () => {
    const other = { ...(await from()), constants: { [MASK]: float32(new Float32Array(6)) } };
    const run = train({ ...masked, from: other });
    await expect(run).rejects.toMatchObject({ code: 'TRAIN_FOREIGN_START' });
    await expect(run).rejects.toThrow("constants 'mask/fc.kernel' is float32 [6], not float32 [2, 3]");
  });

  it('is resumed with the same ones to the same bits, and with no others', async () => {
    const options = { ...masked, from: await from() };
    const whole = outcome(await train(options));
    const store = memoryStore();
    await part(options, store, abortAt(5));
    const second = await part(options, store);
    expect(second && outcome(second)).toEqual(whole);
    const others = { [MASK]: float32(new Float32Array(6).fill(1), [2, 3]) };
    const foreign = part({ ...options, from: { ...options.from, constants: others } }, store);
    await expect(foreign).rejects.toMatchObject({ code: 'TRAIN_FOREIGN_CHECKPOINT' });
    await expect(foreign).rejects.toThrow('constants.mask/fc.kernel is');
  });
});
