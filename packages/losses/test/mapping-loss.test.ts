// The weighted sum: its formula for every weighting, what it asks of a trainer, and what it reports.
import {
  createRegistry,
  float32,
  mapping,
  oneHot,
  resolve,
  toSpec,
  zeros,
  type Loss,
} from '@mapping-networks/core';
import * as losses from '@mapping-networks/losses';
import { alignment, crossEntropy, mappingLoss, mse, smoothness, stability } from '@mapping-networks/losses';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { bound, evaluate, minimize, moved } from './setting.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const map = bound(mapping({ latentDim: 12, activation: 'tanh', modulation: 'linear' }).impl);
const z = map.init(2);
const terms = [stability({ sigma: 0.2 }), smoothness(), alignment()];
const parts = terms.map(({ impl }) => evaluate(impl, map, z, {}).total);
const task = evaluate(crossEntropy().impl, map, z, {}).total;

describe('the value', () => {
  test('with fixed weights', () => {
    const loss = mappingLoss({ terms, weighting: { type: 'fixed', values: [0.5, 0.001, 2] } }).impl;
    const { total, terms: reported } = evaluate(loss, map, z, {});
    expect(total).toBeCloseTo(task + 0.5 * parts[0]! + 0.001 * parts[1]! + 2 * parts[2]!, 4);
    const [stable, smooth, aligned] = parts as [number, number, number];
    expect(reported).toEqual({
      crossEntropy: task,
      stability: stable,
      smoothness: smooth,
      alignment: aligned,
    });
  });

  test('with the weights of the terms by default', () => {
    const weighted = [stability({ sigma: 0.2, weight: 0.7 }), smoothness(), alignment({ weight: 0 })];
    const { total } = evaluate(mappingLoss({ terms: weighted }).impl, map, z, {});
    expect(total).toBeCloseTo(task + 0.7 * parts[0]! + 1e-4 * parts[1]!, 4);
    const plain = mappingLoss({ terms: [crossEntropy()] }).impl;
    expect(evaluate(plain, map, z, {}).total).toBeCloseTo(2 * task, 5);
  });

  test.each(['softplus', 'sigmoid', 'raw'] as const)(
    'with trained weights starts at the fixed one (%s)',
    (transform) => {
      const initial = [0.5, 0.001, 0.9];
      const loss = mappingLoss({ terms, weighting: { type: 'trainable', initial, transform } }).impl;
      expect(loss.trainables).toEqual([{ name: 'weights', shape: [3] }]);
      const { total } = evaluate(loss, map, z, loss.init());
      expect(total).toBeCloseTo(task + 0.5 * parts[0]! + 0.001 * parts[1]! + 0.9 * parts[2]!, 4);
    },
  );

  test('with uncertainty is L_task + Σ (λL + ε) / 2s² + log s', () => {
    const initial = [0.5, 0.001, 2];
    const loss = mappingLoss({ terms, weighting: { type: 'uncertainty', initial, epsilon: 0.01 } }).impl;
    expect(loss.trainables).toEqual([{ name: 'weights', shape: [3] }]);
    const at = (s: readonly number[]): number =>
      parts.reduce(
        (sum, value, i) => sum + (initial[i]! * value + 0.01) / (2 * s[i]! ** 2) + Math.log(s[i]!),
        task,
      );
    const half = Math.sqrt(0.5);
    expect(evaluate(loss, map, z, loss.init()).total).toBeCloseTo(at([half, half, half]), 4);
    const s = [0.3, 1, 2];
    const weights = { weights: float32(Float32Array.from(s, Math.log)) };
    expect(evaluate(loss, map, z, weights).total).toBeCloseTo(at(s), 4);
  });

  test('of no terms is the task', () => {
    for (const weighting of ['fixed', 'trainable', 'uncertainty'] as const) {
      const loss = mappingLoss({ terms: [], weighting }).impl;
      expect(loss.trainables).toEqual([]);
      expect(evaluate(loss, map, z, loss.init()).total).toBe(task);
    }
  });
});

describe.each(['fixed', 'trainable', 'uncertainty'] as const)('gradients with %s weights', (weighting) => {
  const { impl } = mappingLoss({ terms, weighting });
  const weights = impl.init();

  test('are those that finite differences find, in the latent and in the weights', () => {
    const { gradients } = evaluate(impl, map, z, weights);
    const h = 0.01;
    const central = (at: (step: number) => number): number => (at(h) - at(-h)) / (2 * h);
    const inLatent = Array.from(z['z']!.data, (_, i) =>
      central((step) => evaluate(impl, map, { z: moved(z['z']!, i, step) }, weights).total),
    );
    const inWeights = Array.from(weights['weights']?.data ?? [], (_, i) =>
      central((step) => evaluate(impl, map, z, { weights: moved(weights['weights']!, i, step) }).total),
    );
    const found = [...gradients['z']!, ...(gradients['loss/weights'] ?? [])];
    const expected = [...inLatent, ...inWeights];
    const error = Math.hypot(...found.map((value, i) => value - expected[i]!));
    expect(error / Math.hypot(...expected)).toBeLessThan(1e-2);
  });

  test('leave no tensors', () => {
    const before = tf.memory().numTensors;
    evaluate(impl, map, z, weights);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('trained together with the latent', () => {
  const small = bound(mapping({ latentDim: 12, projection: oneHot() }).impl);
  const chosen = [stability({ sigma: 0.2 }), alignment({ weight: 0.5 })];

  test.each(['softplus', 'sigmoid', 'raw'] as const)(
    'weights of the naive sum collapse and are reported (%s)',
    (transform) => {
      const { impl } = mappingLoss({ terms: chosen, weighting: { type: 'trainable', transform } });
      expect(impl.diagnose(impl.init())).toEqual([]);
      const { weights, last } = minimize(impl, small, 250, 0.2);
      const warnings = impl.diagnose(weights);
      expect(warnings.map(({ code }) => code)).toEqual([
        'LOSSES_COLLAPSED_WEIGHT',
        'LOSSES_COLLAPSED_WEIGHT',
      ]);
      expect(warnings[0]?.message).toMatch(/'stability'.*from 0\.1 to .*uncertainty/);
      expect(warnings[1]?.message).toMatch(/'alignment'.*from 0\.5 to /);
      // What the terms still add is next to nothing.
      expect(last.total - last.terms['crossEntropy']!).toBeLessThan(0.02);
    },
  );

  test('weights by uncertainty stay alive', () => {
    const { impl } = mappingLoss({ terms: chosen, weighting: 'uncertainty' });
    const { weights, last } = minimize(impl, small, 250, 0.2);
    expect(impl.diagnose(weights)).toEqual([]);
    const factors = Array.from(weights['weights']!.data, (logS) => Math.exp(-2 * logS) / 2);
    const { crossEntropy: ofTask, stability: stable, alignment: aligned } = last.terms;
    // At the optimum 1 / (2s²) = 1 / (2 (λL + ε)): far from collapse.
    [0.1 * stable!, 0.5 * aligned!].forEach((value, i) => {
      expect(Math.abs(Math.log(factors[i]! * 2 * (value + 0.5)))).toBeLessThan(0.2);
      expect(factors[i]!).toBeGreaterThan(0.3);
    });
    // The task is learned, and the term acts: the network is steadier than one trained without it.
    expect(ofTask!).toBeLessThan(0.1);
    const without = minimize(mappingLoss({ terms: [] }).impl, small, 250, 0.2);
    expect(stable!).toBeLessThan(evaluate(chosen[0]!.impl, small, without.trainables, {}).total / 2);
  });

  test('a term at zero keeps a finite weight', () => {
    const constant: Loss = {
      ...stability().impl,
      requires: { noise: false, regularizers: [] },
      evaluate: () => ({ total: tf.scalar(0), terms: {} }),
    };
    const part = { ...stability(), impl: constant };
    const { impl } = mappingLoss({ terms: [part], weighting: { type: 'uncertainty', epsilon: 1e-3 } });
    const { weights, last } = minimize(impl, small, 250, 0.2);
    const factor = Math.exp(-2 * weights['weights']!.data[0]!) / 2;
    expect(factor).toBeGreaterThan(10);
    expect(factor).toBeLessThan(1000);
    expect(Number.isFinite(last.total)).toBe(true);
  });
});

describe('what it asks for and reports', () => {
  test('requirements of all inner losses, each once', () => {
    expect(mappingLoss().impl.requires).toEqual({ noise: true, regularizers: ['smoothness', 'alignment'] });
    const twice = mappingLoss({ task: mappingLoss({ terms: [smoothness()] }), terms: [smoothness()] }).impl;
    expect(twice.requires).toEqual({ noise: false, regularizers: ['smoothness'] });
  });

  test('terms of one name are numbered', () => {
    const loss = mappingLoss({ terms: [stability({ sigma: 0.1 }), stability({ sigma: 0.2 })] }).impl;
    expect(Object.keys(evaluate(loss, map, z, {}).terms)).toEqual([
      'crossEntropy',
      'stability',
      'stability2',
    ]);
  });

  test('evaluation sees the task only', () => {
    const labels = tf.tensor1d([1], 'int32');
    const output = tf.tensor2d([[1, 2]]);
    const [mine, theirs] = [mappingLoss(), crossEntropy()].map(({ impl }) =>
      impl.perExample!(output, labels).arraySync(),
    );
    expect(mine).toEqual(theirs);
    expect(mappingLoss({ task: smoothness() }).impl.perExample).toBeUndefined();
  });

  test('losses inside losses keep their own weights', () => {
    const inner = mappingLoss({ terms: [alignment()], weighting: 'trainable' });
    const { impl } = mappingLoss({ task: inner, terms: [stability()], weighting: 'uncertainty' });
    expect(impl.trainables.map(({ name }) => name)).toEqual(['weights', 'task/weights']);
    const weights = impl.init();
    expect(Object.keys(weights)).toEqual(['weights', 'task/weights']);
    expect(evaluate(impl, map, z, weights).gradients['loss/task/weights']).toHaveLength(1);
    const dead = { ...weights, 'task/weights': moved(zeros([1]), 0, -20) };
    expect(impl.diagnose(dead)).toMatchObject([{ code: 'LOSSES_COLLAPSED_WEIGHT' }]);
  });

  test('terms that can do nothing', () => {
    const plain = bound(mapping({ latentDim: 12 }).impl);
    const { impl } = mappingLoss({
      terms: [stability({ sigma: 0 }), smoothness(), alignment()],
      weighting: { type: 'fixed', values: [1, 1, 0] },
    });
    const codes = impl.check(plain).map(({ code }) => code);
    expect(codes).toEqual(['LOSSES_ZERO_GRADIENT', 'LOSSES_ZERO_GRADIENT', 'LOSSES_ZERO_WEIGHT']);
    expect(mappingLoss().impl.check(map)).toEqual([]);
  });
});

describe('options', () => {
  test('are recorded whole and read back', () => {
    const all = [crossEntropy, mse, stability, smoothness, alignment, mappingLoss];
    const part = mappingLoss({ task: mse(), terms: [stability({ sigma: 1 })], weighting: 'uncertainty' });
    const spec = toSpec(part);
    expect(spec).toEqual({
      use: 'mappingLoss',
      task: { use: 'mse' },
      terms: [{ use: 'stability', sigma: 1, weight: 0.1 }],
      weighting: { type: 'uncertainty', epsilon: 0.5 },
    });
    const again = resolve(createRegistry(all), 'loss', JSON.parse(JSON.stringify(spec)));
    expect(toSpec(again)).toEqual(spec);
  });

  test('weights fit the terms', () => {
    const build = (weighting: losses.WeightingInput) => () =>
      mappingLoss({ terms: [stability()], weighting });
    expect(build({ type: 'fixed', values: [1, 2] })).toThrow(
      expect.objectContaining({ code: 'LOSSES_WEIGHT_COUNT' }),
    );
    expect(build({ type: 'trainable', initial: [0] })).toThrow(/weight of 'stability' to be positive, got 0/);
    expect(build({ type: 'uncertainty', initial: [0] })).toThrow(
      expect.objectContaining({ code: 'LOSSES_INITIAL_WEIGHT' }),
    );
    expect(build({ type: 'trainable', initial: [1], transform: 'sigmoid' })).toThrow(/between 0 and 1/);
    expect(build({ type: 'fixed', values: [-1] })).toThrow(
      expect.objectContaining({ code: 'CORE_INVALID_OPTIONS' }),
    );
  });
});

test('the package exports this and nothing else', () => {
  expect(Object.keys(losses).sort()).toEqual([
    'alignment',
    'binaryCrossEntropy',
    'crossEntropy',
    'mae',
    'mappingLoss',
    'mse',
    'smoothness',
    'stability',
    'taskLoss',
  ]);
});
