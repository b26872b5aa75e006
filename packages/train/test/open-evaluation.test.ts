// Scoring many networks with one open engine: the scores and outputs of `evaluate` and `predict`, which open one each
// time; nothing is compiled for other weights, and for another target all is compiled anew.
import {
  direct,
  mapping,
  modelMap,
  sizeOf,
  type EngineSession,
  type Model,
  type Part,
  type Split,
} from '@mapping-networks/core';
import { glyphs } from '@mapping-networks/datasets';
import { cpu, wasm } from '@mapping-networks/engine-eager';
import { onnx } from '@mapping-networks/engine-onnx';
import { crossEntropy } from '@mapping-networks/losses';
import { cnn2, cnnBn, mlp } from '@mapping-networks/targets';
import { evaluate, openEvaluation, predict } from '@mapping-networks/train';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';

let split: Split;
let inputs: Float32Array;
beforeAll(async () => {
  ({ test: split } = await glyphs({ train: 10, validation: 10, test: 21 }).impl.load({}));
  inputs = split.batch([3, 1, 4, 1, 5]).x;
});

const loss = crossEntropy();
const latent = mapping({ latentDim: 48 });

const network = (
  target: Part<'target'>,
  seed: number,
  parameterization: Part<'parameterization'> = latent,
): Model => {
  const parts = { target, parameterization };
  const buffers = target.impl.buffers.map(({ name, shape, initial }) => {
    const data = new Float32Array(sizeOf(shape)).fill(initial + 0.1);
    return [name, { dtype: 'float32' as const, shape, data }];
  });
  return {
    ...parts,
    trainables: modelMap(parts).init(seed),
    buffers: Object.fromEntries(buffers) as Model['buffers'],
  };
};

/** An engine that counts what is opened, and names what is compiled and is not disposed of yet. */
const counting = (inner: Part<'engine'>) => {
  const counts = { opened: 0, compiled: 0, alive: new Set<unknown>(), closed: 0 };
  const open = async (): Promise<EngineSession> => {
    counts.opened++;
    const session = await inner.impl.open();
    return {
      ...session,
      compile: (step, signature) => {
        counts.compiled++;
        const compiled = session.compile(step, signature);
        counts.alive.add(compiled);
        return {
          run: compiled.run,
          dispose: () => {
            counts.alive.delete(compiled);
            compiled.dispose();
          },
        };
      },
      dispose: () => {
        counts.closed++;
        session.dispose();
      },
    };
  };
  return { engine: { ...inner, impl: { open } } as Part<'engine'>, counts };
};

const close = (numbers: ArrayLike<number>): readonly unknown[] =>
  Array.from(numbers, (value) => expect.closeTo(value, 4) as unknown);

describe.each([cpu(), wasm(), onnx({ threads: 2 })])('on $name', (engine) => {
  it('gives what evaluate and predict give, for one network after the other', async () => {
    const evaluation = await openEvaluation({ split, loss, engine, batchSize: 8 });
    const networks = [
      network(mlp({ hidden: [24] }), 1),
      network(mlp({ hidden: [24] }), 2),
      network(cnn2(), 3),
      network(cnnBn(), 4),
      network(cnnBn(), 5, direct()),
    ];
    for (const model of networks) {
      const expected = await evaluate({ model, split, loss, engine });
      const scores = await evaluation.scores(model);
      expect(Object.keys(scores)).toEqual(Object.keys(expected));
      expect(scores.loss).toBeCloseTo(expected.loss, 4);
      expect(scores['accuracy']).toBe(expected['accuracy']);
      const { outputs, ...shape } = await evaluation.predict(model, inputs);
      const predicted = await predict({ model, inputs, engine });
      expect(shape).toEqual({ size: 5, outputShape: [10] });
      expect([...outputs]).toEqual(close(predicted.outputs));
    }
    evaluation.dispose();
  });
});

describe('what is compiled', () => {
  it('serves all networks of a target, whatever makes their weights', async () => {
    const { engine, counts } = counting(cpu());
    const evaluation = await openEvaluation({ split, loss, engine });
    const target = mlp({ hidden: [4] });
    for (const seed of [1, 2, 3]) {
      await evaluation.scores(network(target, seed));
      await evaluation.scores(network(target, seed, direct()));
      await evaluation.predict(network(target, seed), inputs);
    }
    expect(counts).toMatchObject({ opened: 1, compiled: 2 });
    await evaluation.predict(network(target, 1), inputs.subarray(0, 784));
    expect([counts.compiled, counts.alive.size]).toEqual([3, 2]);
  });

  it('makes room for what another target needs', async () => {
    const { engine, counts } = counting(cpu());
    const evaluation = await openEvaluation({ split, loss, engine });
    const [one, other] = [network(mlp({ hidden: [4] }), 1), network(mlp({ hidden: [5] }), 1)];
    const [first, second] = [await evaluation.scores(one), await evaluation.scores(other)];
    expect(first).not.toEqual(second);
    expect(await evaluation.scores(one)).toEqual(first);
    expect(counts).toMatchObject({ opened: 1, compiled: 3 });
    expect(counts.alive.size).toBe(1);
  });

  it('lets the event loop turn in a long row of short evaluations', async () => {
    const evaluation = await openEvaluation({ split, loss, engine: cpu() });
    const model = network(mlp({ hidden: [4] }), 1);
    const loop = { turned: false };
    setImmediate(() => (loop.turned = true));
    // Where it never turns, no timeout of the test would be heard either.
    const end = performance.now() + 10_000;
    while (!loop.turned && performance.now() < end) await evaluation.scores(model);
    expect(loop.turned).toBe(true);
    evaluation.dispose();
  });

  it('stays while it is used: what is asked for at once is done one by one', async () => {
    const evaluation = await openEvaluation({ split, loss, engine: onnx({ threads: 2 }), batchSize: 2 });
    const networks = [4, 5, 4, 5].map((width, seed) => network(mlp({ hidden: [width] }), seed));
    const together = await Promise.all(networks.map((model) => evaluation.scores(model)));
    for (const [i, model] of networks.entries()) expect(await evaluation.scores(model)).toEqual(together[i]);
    evaluation.dispose();
  });

  it('holds no tensors once it is disposed of, and does nothing any more', async () => {
    await tf.setBackend('cpu');
    const before = tf.memory().numTensors;
    const { engine, counts } = counting(cpu());
    const evaluation = await openEvaluation({ split, loss, engine });
    const model = network(mlp({ hidden: [4] }), 1);
    await evaluation.scores(model);
    await evaluation.predict(model, inputs);
    expect(counts.closed).toBe(0);
    evaluation.dispose();
    evaluation.dispose();
    expect(tf.memory().numTensors).toBe(before);
    await expect(evaluation.scores(model)).rejects.toMatchObject({ code: 'ENGINE_EAGER_DISPOSED' });
    await expect(evaluation.predict(model, inputs)).rejects.toMatchObject({ code: 'ENGINE_EAGER_DISPOSED' });
  });
});

describe('refusals', () => {
  it.each([
    [undefined, 'CORE_INVALID_ARGUMENT'],
    [{ split: 'test' }, 'CORE_INVALID_ARGUMENT'],
    [{ loss: 'crossEntropy' }, 'TRAIN_INVALID_PART'],
    [{ engine: 'cpu' }, 'TRAIN_INVALID_PART'],
    [{ metrics: ['accuracy'] }, 'TRAIN_INVALID_PART'],
    [{ batchSize: 0 }, 'TRAIN_INVALID_OPTION'],
  ])('%j: %s', async (wrong, code) => {
    const options = wrong && { split, loss, engine: cpu(), ...wrong };
    await expect(openEvaluation(options as never)).rejects.toMatchObject({ code });
  });

  it('an empty split by its name, before the engine opens: TRAIN_EMPTY_SPLIT', async () => {
    const { engine, counts } = counting(cpu());
    const empty = { ...split, size: 0 };
    const opening = openEvaluation({ split: empty, loss, engine, splitName: 'validation' });
    await expect(opening).rejects.toMatchObject({
      code: 'TRAIN_EMPTY_SPLIT',
      message: expect.stringContaining('validation') as string,
    });
    expect(counts.opened).toBe(0);
  });

  it('what is no model, and inputs of another length; the next call works', async () => {
    const evaluation = await openEvaluation({ split, loss, engine: cpu() });
    const model = network(mlp({ hidden: [4] }), 1);
    await expect(evaluation.scores({} as never)).rejects.toMatchObject({ code: 'CORE_INVALID_ARGUMENT' });
    await expect(evaluation.predict(model, 'x' as never)).rejects.toMatchObject({
      code: 'CORE_INVALID_ARGUMENT',
    });
    await expect(evaluation.predict(model, new Float32Array(7))).rejects.toMatchObject({
      code: 'TRAIN_INPUT_LENGTH',
    });
    expect(await evaluation.scores(model)).toHaveProperty('accuracy');
    evaluation.dispose();
  });
});
