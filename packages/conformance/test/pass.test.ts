// The suite of passes: passes that keep it, and each law broken once.
import { passLaws } from '@mapping-networks/conformance';
import {
  direct,
  float32,
  MappingNetworksError,
  modelMap,
  type Model,
  type NamedArrays,
  type Part,
  type Pass,
  type PassResult,
} from '@mapping-networks/core';
import { mlp } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, it, test } from 'vitest';
import { expectBroken } from './broken/names.ts';

beforeAll(() => tf.setBackend('cpu'));

const pass = (
  apply: (...args: Parameters<Pass['apply']>) => PassResult | Promise<PassResult>,
): Part<'pass'> => ({
  kind: 'pass',
  name: 'mine',
  options: {},
  impl: { stage: 'prune', apply: async (model, context) => apply(model, context) },
});

const mapped = (arrays: NamedArrays, f: (value: number) => number): NamedArrays =>
  Object.fromEntries(
    Object.entries(arrays).map(([name, { data, shape }]) => [
      name,
      float32(Float32Array.from(data, f), shape),
    ]),
  );

const rounded = (model: Model): Model => ({
  ...model,
  trainables: mapped(model.trainables, (value) => Math.round(8 * value) / 8),
});

describe('a pass that rounds keeps all laws', () => {
  const rounding = pass((model) => ({ model: rounded(model), details: { steps: 8, how: 'to eighths' } }));
  it.each(passLaws(rounding))('$name', ({ check }) => check());
});

describe('a pass that trains on, of a network of the user, keeps all laws', () => {
  const parts = { target: mlp({ inputShape: [5], hidden: [3], classes: 2 }), parameterization: direct() };
  const model = { ...parts, trainables: modelMap(parts).init(1), buffers: {} };
  const training = pass(async (given, { fineTune }) => {
    if (!fineTune)
      throw new MappingNetworksError({ code: 'MY_NO_TRAINING', problem: 'no training', remedy: 'give it' });
    return { model: await fineTune(rounded(given), { epochs: 1 }) };
  });
  it.each(passLaws(training, { model, plugins: [mlp], seed: 3 }))('$name', ({ check }) => check());
});

describe('the suite of passes rejects', () => {
  let calls = 0;
  const broken: readonly (readonly [string, Part<'pass'>, string])[] = [
    [
      'a pass without apply',
      { ...pass((model) => ({ model })), impl: { stage: 'prune' } as Pass },
      'every member',
    ],
    [
      'a stage of its own',
      {
        ...pass((model) => ({ model })),
        impl: { stage: 'polish' as 'prune', apply: async (model) => ({ model }) },
      },
      'the stage is one',
    ],
    [
      'a network changed in place',
      pass((model) => {
        for (const { data } of Object.values(model.trainables)) data[0] = (data[0] ?? 0) + 1;
        return { model };
      }),
      'stays as it is',
    ],
    [
      'a result of its own mood',
      pass((model) => {
        calls += 1;
        return { model: { ...model, trainables: mapped(model.trainables, (value) => value + calls) } };
      }),
      'the same network and context',
    ],
    [
      'numbers that are not finite',
      pass((model) => ({ model: { ...model, trainables: mapped(model.trainables, () => Number.NaN) } })),
      'a finite network',
    ],
    [
      'a part that no plugin makes',
      pass((model) => ({ model: { ...model, target: { ...model.target, name: 'unknown' } } })),
      'goes through a bundle',
    ],
    [
      'details without a value',
      pass((model) => ({ model, details: { gain: Number.NaN } })),
      'details are numbers',
    ],
    [
      'a TypeError without fineTune',
      pass(async (model, context) => ({
        model: await (context as Required<typeof context>).fineTune(model, { epochs: 1 }),
      })),
      'without fineTune',
    ],
    [
      'a tensor that is kept',
      pass((model) => {
        tf.scalar(1);
        return { model };
      }),
      'no tensor is kept',
    ],
  ];
  test.each(broken)('%s', (_name, part, fragment) => expectBroken(passLaws(part), fragment));
});
