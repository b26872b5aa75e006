// What training, evaluation and the optimizers' transformations refuse before they do anything: settings out of range,
// arguments of a wrong type.
import { mapping, MappingNetworksError, modelMap, type Model } from '@mapping-networks/core';
import { cpu } from '@mapping-networks/engine-eager';
import { crossEntropy } from '@mapping-networks/losses';
import { mlp } from '@mapping-networks/targets';
import {
  addDecayedWeights,
  callback,
  clipByGlobalNorm,
  evaluate,
  predict,
  probabilities,
  resolveSettings,
  scaleByAdam,
  scaleByRadam,
  settingNames,
  trace,
  train,
} from '@mapping-networks/train';
import { describe, expect, test } from 'vitest';

const any = (value: unknown): never => value as never;

const numeric: Readonly<Record<string, readonly [range: string, outside: readonly number[]]>> = {
  epochs: ['a whole number of 1 to 1,000,000', [0, 1_000_001, 0.5]],
  batchSize: ['a whole number of 1 to 1,000,000', [0, 1_000_001, 1.5]],
  learningRate: ['a number above 0 and at most 1000', [0, 1001]],
  seed: ['a whole number of 0 to 2^53 - 1', [-1, 2 ** 53, 0.5]],
  validateEvery: ['a whole number of 0 to 1,000,000', [-1, 1_000_001, 0.5]],
  evaluationBatchSize: ['a whole number of 1 to 1,000,000', [0, 1_000_001, 1.5]],
  trainScoreLimit: ["'all' or a whole number of 0 to 1,000,000,000", [-1, 1e9 + 1, 0.5]],
  checkpointEvery: ['a whole number of 0 to 1,000,000,000', [-1, 1e9 + 1, 0.5]],
  patience: ["'none' or a whole number of 1 to 1,000,000", [0, 1_000_001, 0.5]],
  timeLimit: ["'none' or a number above 0 and at most 1,000,000,000", [0, 1e9 + 1]],
};

describe.each(Object.entries(numeric))('%s', (name, [range, outside]) => {
  test.each([...outside, Number.NaN, Infinity, -Infinity, '3', null, true, [], {}, 3n])(
    'is not %s',
    (value) => {
      const set = (): unknown => resolveSettings({ [name]: value }, 0.15);
      expect(set).toThrow(expect.objectContaining({ code: 'TRAIN_INVALID_OPTION' }));
      expect(set).toThrow(`Option '${name}': expected ${range}, got `);
      expect(set).toThrow('leave the option out for its default');
    },
  );
});

test('every setting is in the table, or is no number', () => {
  const others = { onNan: 'halv-lr', restoreBest: 1 };
  expect([...Object.keys(numeric), ...Object.keys(others)].sort()).toEqual([...settingNames].sort());
  for (const [name, value] of Object.entries(others)) {
    expect(() => resolveSettings({ [name]: value }, 0.15)).toThrow(`Option '${name}': expected `);
  }
});

test('zero has no sign', () => {
  expect(() => resolveSettings({ seed: -0 }, 0.15)).toThrow(
    "Option 'seed': expected 0 without a sign, got -0.",
  );
});

describe('arguments', () => {
  const parts = { target: mlp(), parameterization: mapping({ latentDim: 8 }) };
  const model: Model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
  const split = { size: 1, batch: () => ({ size: 1, x: new Float32Array(784), y: new Int32Array(1) }) };
  const scored = { model, split, loss: crossEntropy(), engine: cpu() };
  const inputs = new Float32Array(784);
  const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
  test.each<[string, () => unknown, code: string, says: string]>([
    ['train of nothing', () => train(any(undefined)), 'CORE_INVALID_ARGUMENT', "argument 'options'"],
    ['evaluate of nothing', () => evaluate(any(null)), 'CORE_INVALID_ARGUMENT', "argument 'options'"],
    [
      'evaluate of a folder',
      () => evaluate({ ...scored, model: any('runs/x') }),
      'CORE_INVALID_ARGUMENT',
      "argument 'model'",
    ],
    [
      'evaluate on a name',
      () => evaluate({ ...scored, split: any('test') }),
      'CORE_INVALID_ARGUMENT',
      "argument 'split'",
    ],
    [
      'one metric',
      () => evaluate({ ...scored, metrics: any('accuracy') }),
      'TRAIN_INVALID_PART',
      'a list of metric parts',
    ],
    ['predict of nothing', () => predict(any(undefined)), 'CORE_INVALID_ARGUMENT', "argument 'options'"],
    [
      'predict of a list',
      () => predict({ model, engine: cpu(), inputs: any([0]) }),
      'CORE_INVALID_ARGUMENT',
      "argument 'inputs'",
    ],
    [
      'predict without a model',
      () => predict({ model: any({}), engine: cpu(), inputs }),
      'CORE_INVALID_ARGUMENT',
      "argument 'model'",
    ],
    [
      'predict by a name',
      () => predict({ model, engine: any('cpu'), inputs }),
      'TRAIN_INVALID_PART',
      'expected an engine, got "cpu"',
    ],
    [
      'batches of half',
      () => predict({ model, engine: cpu(), inputs, batchSize: 0.5 }),
      'TRAIN_INVALID_OPTION',
      'a whole number of 1 to 1,000,000',
    ],
    [
      'probabilities of a list',
      () => probabilities(any([1, 2]), 2),
      'CORE_INVALID_ARGUMENT',
      "argument 'logits'",
    ],
    [
      'probabilities of half a class',
      () => probabilities(inputs, 0.5),
      'TRAIN_LOGIT_COUNT',
      'a whole number of at least 1',
    ],
    [
      'settings of nothing',
      () => resolveSettings(any(null), 0.15),
      'CORE_INVALID_ARGUMENT',
      "argument 'options'",
    ],
    [
      'a callback that is none',
      () => callback(any({ on: 'event' })),
      'CORE_INVALID_ARGUMENT',
      'a function as its on',
    ],
    [
      'a callback of nothing',
      () => callback(any(undefined)),
      'CORE_INVALID_ARGUMENT',
      'a function as its on',
    ],
    ['a negative decay', () => addDecayedWeights(-1), 'CORE_INVALID_ARGUMENT', "argument 'decay'"],
    ['a norm of 0', () => clipByGlobalNorm(0), 'CORE_INVALID_ARGUMENT', 'above 0'],
    ['momentum 1', () => trace(1, false), 'CORE_INVALID_ARGUMENT', 'at least 0 and below 1'],
    ['nesterov by a number', () => trace(0.5, any(1)), 'CORE_INVALID_ARGUMENT', 'true or false'],
    [
      'adam without epsilon',
      () => scaleByAdam({ ...adam, epsilon: 0 }),
      'CORE_INVALID_ARGUMENT',
      "'options.epsilon'",
    ],
    [
      'radam with beta 1',
      () => scaleByRadam({ ...adam, beta2: 1 }),
      'CORE_INVALID_ARGUMENT',
      "'options.beta2'",
    ],
  ])('%s', async (_name, act, code, says) => {
    const thrown = await Promise.resolve()
      .then(act)
      .catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(MappingNetworksError);
    expect(thrown).toMatchObject({ code });
    expect((thrown as MappingNetworksError).message).toContain(says);
  });
});
