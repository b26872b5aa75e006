// One law suite over every optimizer: the published formulas on random quadratics, the optimum of a parabola, purity,
// stable state, no tensor left behind.
import * as tf from '@tensorflow/tfjs-core';
import { createRegistry, normal, randomKey, resolve, toSpec, type Part } from '@mapping-networks/core';
import {
  adam,
  adamW,
  addDecayedWeights,
  chain,
  clipByGlobalNorm,
  clipByNorm,
  lookahead,
  rAdam,
  ranger,
  scaleByAdam,
  scaleByLearningRate,
  sgd,
} from '@mapping-networks/train';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  adamReference,
  clippedReference,
  lookaheadReference,
  rAdamReference,
  sgdReference,
  type Reference,
} from './optimizer-references.ts';
import { initialState, specs, stepOnce } from './optimizer-runs.ts';

interface Case {
  readonly part: Part<'optimizer'>;
  readonly reference: () => Reference;
  /** A learning rate that suits a parabola with curvatures 0.5 … 2. */
  readonly rate: number;
}

const betas = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const short = { beta1: 0.5, beta2: 0.9, epsilon: 1e-4 };
const wright = { beta1: 0.95, beta2: 0.999, epsilon: 1e-5 };

const cases: readonly Case[] = [
  { part: sgd(), reference: () => sgdReference(0, false), rate: 0.3 },
  { part: sgd({ momentum: 0.8 }), reference: () => sgdReference(0.8, false), rate: 0.1 },
  { part: sgd({ momentum: 0.8, nesterov: true }), reference: () => sgdReference(0.8, true), rate: 0.1 },
  { part: adam(), reference: () => adamReference(betas), rate: 0.2 },
  { part: adam(short), reference: () => adamReference(short), rate: 0.2 },
  { part: adamW(), reference: () => adamReference({ ...betas, weightDecay: 0.01 }), rate: 0.2 },
  { part: rAdam(), reference: () => rAdamReference(betas), rate: 0.2 },
  {
    part: rAdam({ ...short, weightDecay: 0.02 }),
    reference: () => rAdamReference({ ...short, weightDecay: 0.02 }),
    rate: 0.2,
  },
  { part: lookahead(), reference: () => lookaheadReference(adamReference(betas), 5, 0.5), rate: 0.2 },
  {
    part: lookahead({ optimizer: sgd({ momentum: 0.5 }), period: 3, blend: 0.8 }),
    reference: () => lookaheadReference(sgdReference(0.5, false), 3, 0.8),
    rate: 0.2,
  },
  { part: ranger(), reference: () => lookaheadReference(rAdamReference(wright), 6, 0.5), rate: 0.2 },
  {
    part: clipByNorm({ maxNorm: 0.5, optimizer: sgd() }),
    reference: () => clippedReference(sgdReference(0, false), 0.5),
    rate: 0.3,
  },
  { part: clipByNorm(), reference: () => clippedReference(adamReference(betas), 1), rate: 0.2 },
];

/** A random quadratic ½(θ − c)ᵀA(θ − c), A = M Mᵀ / 4 + ½I. */
const quadratic = (seed: number): { centre: number[]; gradient: (theta: readonly number[]) => number[] } => {
  const m = normal(randomKey(seed, 'quadratic'), 16);
  const centre = [...normal(randomKey(seed, 'centre'), 4)];
  const a = (i: number, j: number): number =>
    [0, 1, 2, 3].reduce((sum, k) => sum + m[4 * i + k]! * m[4 * j + k]!, 0) / 4 + (i === j ? 0.5 : 0);
  const gradient = (theta: readonly number[]): number[] =>
    centre.map((_, i) => centre.reduce((sum, c, j) => sum + a(i, j) * (theta[j]! - c), 0));
  return { centre, gradient };
};

const start = [0.7, -1.2, 2, 0.1];

beforeAll(() => tf.setBackend('cpu'));

describe.each(cases.map((each) => [JSON.stringify(toSpec(each.part)), each] as const))(
  '%s',
  (_, { part, reference, rate }) => {
    const optimizer = part.impl;

    it('follows the published formulas in float64 on random quadratics', () => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
          const { gradient } = quadratic(seed);
          const expected = reference();
          let [theta, exact, state] = [start, start, initialState(optimizer)];
          for (let t = 1; t <= 25; t++) {
            const decayed = (rate * (30 - t)) / 30;
            const outcome = stepOnce(optimizer, state, theta, gradient(theta), decayed, t);
            exact = expected(exact, gradient(exact), decayed, t);
            ({ theta, state } = outcome);
            theta.forEach((value, i) => expect(Math.abs(value - exact[i]!)).toBeLessThan(2e-4));
          }
        }),
        { numRuns: 8 },
      );
    });

    it('reaches the optimum of a parabola', () => {
      const decay = 'weightDecay' in part.options && Number(part.options.weightDecay) > 0;
      const curvature = [0.5, 1, 1.5, 2];
      const centre = [1, -1, 0.5, 2];
      let [theta, state] = [start, initialState(optimizer)];
      for (let t = 1; t <= 300; t++) {
        const gradient = theta.map((value, i) => curvature[i]! * (value - centre[i]!));
        ({ theta, state } = stepOnce(optimizer, state, theta, gradient, rate * (1 - t / 301), t));
      }
      theta.forEach((value, i) => expect(Math.abs(value - centre[i]!)).toBeLessThan(decay ? 0.1 : 0.01));
    });

    it('is pure: the same arguments give the same result, and a state can be taken up anywhere', () => {
      const once = stepOnce(optimizer, initialState(optimizer), start, [1, -2, 0.5, 3], rate, 1);
      expect(stepOnce(optimizer, initialState(optimizer), start, [1, -2, 0.5, 3], rate, 1)).toEqual(once);
      const twice = stepOnce(optimizer, once.state, once.theta, [0.5, 1, 0, -1], rate, 2);
      stepOnce(optimizer, once.state, once.theta, [9, 9, 9, 9], rate, 2);
      expect(stepOnce(optimizer, once.state, once.theta, [0.5, 1, 0, -1], rate, 2)).toEqual(twice);
    });

    it('keeps the names and shapes of its state', () => {
      const shapes = (state: ReturnType<typeof initialState>): object =>
        Object.fromEntries(Object.entries(state).map(([name, { shape }]) => [name, shape]));
      const before = initialState(optimizer);
      const { state } = stepOnce(optimizer, before, start, [1, 2, 3, 4], rate, 1);
      expect(shapes(state)).toEqual(shapes(before));
    });

    it('stays where it is on a flat function, decay aside', () => {
      const { update } = stepOnce(optimizer, initialState(optimizer), [0, 0, 0, 0], [0, 0, 0, 0], rate, 1);
      expect(update.map((value) => value + 0)).toEqual([0, 0, 0, 0]);
    });

    it('leaves no tensor behind', () => {
      const before = tf.memory().numTensors;
      stepOnce(optimizer, initialState(optimizer), start, [1, 2, 3, 4], rate, 1);
      expect(tf.memory().numTensors).toBe(before);
    });

    it('can be written down and read back', () => {
      const registry = createRegistry([adam, adamW, clipByNorm, lookahead, rAdam, ranger, sgd]);
      const again = resolve(registry, 'optimizer', toSpec(part));
      expect(toSpec(again)).toEqual(toSpec(part));
      const step = (each: Part<'optimizer'>): object =>
        stepOnce(each.impl, initialState(each.impl), start, [1, 2, 3, 4], rate, 1);
      expect(step(again)).toEqual(step(part));
    });
  },
);

describe('what the formulas imply', () => {
  it('weights of a loss do not decay, what is mapped does', () => {
    const updates = tf.tidy(() => {
      const trainables = { 'model.latent': tf.tensor1d([10]), 'loss.weights': tf.tensor1d([10]) };
      const context = { trainables, learningRate: tf.scalar(1), step: tf.scalar(1) };
      const gradients = { 'model.latent': tf.tensor1d([4]), 'loss.weights': tf.tensor1d([4]) };
      const found = addDecayedWeights(0.5).update(gradients, {}, context).updates;
      return Object.entries(found).map(([name, update]) => [name, update.dataSync()[0]]);
    });
    expect(Object.fromEntries(updates)).toEqual({ 'model.latent': 9, 'loss.weights': 4 });
  });

  it('the first step of Adam is the learning rate along the sign of the gradient', () => {
    const { update } = stepOnce(adam().impl, initialState(adam().impl), start, [1e-3, -5, 700, -0.2], 0.1, 1);
    [-0.1, 0.1, -0.1, 0.1].forEach((value, i) => expect(update[i]).toBeCloseTo(value, 5));
  });

  it('the first steps of RAdam are gradient descent, late ones are Adam', () => {
    const part = rAdam();
    const { update } = stepOnce(part.impl, initialState(part.impl), start, [1, -2, 3, 4], 0.1, 1);
    [-0.1, 0.2, -0.3, -0.4].forEach((value, i) => expect(update[i]).toBeCloseTo(value, 5));
    const late = [part, adam()].map(({ impl }) => {
      const state = Object.fromEntries(
        Object.entries(initialState(impl)).map(([name, { shape, data }]) => [
          name,
          { shape, data: data.map(() => 0.5) },
        ]),
      );
      return stepOnce(impl, state, start, [1, -2, 3, 4], 0.1, 20_000).update;
    });
    late[0]?.forEach((value, i) => expect(value).toBeCloseTo(late[1]?.[i] ?? 0, 5));
  });

  it('a chain of transformations is the optimizer it spells out, with its states apart', () => {
    const spelled = chain(clipByGlobalNorm(2), scaleByAdam(betas), scaleByLearningRate());
    expect(Object.keys(initialState(spelled))).toEqual(['1.m.a', '1.m.b', '1.v.a', '1.v.b']);
    const preset = clipByNorm({ maxNorm: 2 }).impl;
    const run = (each: typeof spelled): number[] =>
      stepOnce(each, initialState(each), start, [3, 4, 0, 0], 0.1, 1).theta;
    expect(run(spelled)).toEqual(run(preset));
  });

  it('clipping leaves short gradients alone and takes all tensors as one vector', () => {
    const part = clipByNorm({ maxNorm: 5, optimizer: sgd() });
    const update = (gradient: number[]): number[] =>
      stepOnce(part.impl, initialState(part.impl), start, gradient, 1, 1).update;
    expect(update([0, 3, 0, 4])).toEqual([-0, -3, -0, -4]);
    update([0, 30, 0, 40]).forEach((value, i) => expect(value).toBeCloseTo([0, -3, 0, -4][i] ?? 0, 5));
  });

  it('Nesterov without momentum is refused: it would be plain descent', () => {
    expect(() => sgd({ nesterov: true })).toThrow(/nesterov.*without momentum/);
  });

  it('every trainable has its own state', () => {
    for (const { part } of cases) {
      const state = Object.keys(initialState(part.impl));
      for (const { name } of specs)
        expect(state.filter((key) => key.endsWith(`.${name}`)).length).toBe(state.length / 2);
    }
  });
});
