// Stability, smoothness and alignment on a real map: against brute force, against finite differences, and what they
// say when they can have no effect.
import { direct, mapping, type Loss, type NamedArrays, type ParameterMap } from '@mapping-networks/core';
import { alignment, smoothness, stability } from '@mapping-networks/losses';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { BATCH, bound, CLASSES, evaluate, HIDDEN, INPUTS, inputs, moved, noiseFor } from './setting.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const LATENT = 12;

/** The network in float64 loops, from θ as `generate` makes it. */
const logitsOf = (theta: ArrayLike<number>): number[] => {
  const at = (offset: number): number => theta[offset]!;
  const [biasA, kernelB, biasB] = [
    INPUTS * HIDDEN,
    INPUTS * HIDDEN + HIDDEN,
    (INPUTS + 1 + CLASSES) * HIDDEN,
  ];
  return Array.from({ length: BATCH }, (_, b) => {
    const hidden = Array.from({ length: HIDDEN }, (__, h) => {
      let sum = at(biasA + h);
      for (let i = 0; i < INPUTS; i++) sum += inputs[b * INPUTS + i]! * at(i * HIDDEN + h);
      return Math.tanh(sum);
    });
    return Array.from({ length: CLASSES }, (__, c) =>
      hidden.reduce((sum, value, h) => sum + value * at(kernelB + h * CLASSES + c), at(biasB + c)),
    );
  }).flat();
};

/** ∂θ/∂z by central differences of the canonical generator: one column for each latent dimension. */
const jacobian = (map: ParameterMap, trainables: NamedArrays): number[][] => {
  const z = trainables['z']!;
  const h = 2 ** -7;
  return Array.from(z.data, (_, i) => {
    const [up, down] = [h, -h].map((step) => map.generate({ z: moved(z, i, step) }));
    return Array.from(up!, (value, j) => (value - down![j]!) / (2 * h));
  });
};

const tanhMap = bound(mapping({ latentDim: LATENT, activation: 'tanh', modulation: 'additive' }).impl);
const plainMap = bound(mapping({ latentDim: LATENT }).impl);

test('the latent of these maps is called z', () => {
  expect(tanhMap.trainables).toEqual([{ name: 'z', shape: [LATENT] }]);
});

test.each([0.3, 0.05])('stability with σ = %f is the mean squared change of the logits', (sigma) => {
  const z = tanhMap.init(3);
  const disturbed = {
    z: { ...z['z']!, data: z['z']!.data.map((value, i) => value + sigma * noiseFor(tanhMap)['z']!.data[i]!) },
  } as NamedArrays;
  const [before, after] = [z, disturbed].map((values) => logitsOf(tanhMap.generate(values)));
  const expected = before!.reduce((sum, value, i) => sum + (value - after![i]!) ** 2, 0) / BATCH;
  const { total, terms } = evaluate(stability({ sigma }).impl, tanhMap, z, {});
  expect(expected).toBeGreaterThan(0);
  expect(Math.abs(total - expected)).toBeLessThan(1e-3 * expected);
  expect(terms).toEqual({ stability: total });
});

test('smoothness is the squared norm of the Jacobian', () => {
  const z = tanhMap.init(3);
  const expected = jacobian(tanhMap, z).reduce(
    (sum, column) => sum + column.reduce((s, v) => s + v * v, 0),
    0,
  );
  const { total } = evaluate(smoothness().impl, tanhMap, z, {});
  expect(Math.abs(total - expected)).toBeLessThan(1e-3 * expected);
});

test('alignment is one minus the cosine of z and the mean row of W', () => {
  // Without scales: θ is linear in z, and its Jacobian is W with every row multiplied by the scale of its tensor.
  const z = plainMap.init(3);
  const columns = jacobian(plainMap, z);
  const ones = plainMap.space.parameters.flatMap(({ size, role, fanIn }) =>
    Array.from({ length: size }, () => (role === 'bias' ? 0.05 : Math.sqrt(2 / fanIn))),
  );
  const row = columns.map((column) => column.reduce((sum, v, j) => sum + v / ones[j]!, 0) / column.length);
  const dot = row.reduce((sum, v, i) => sum + v * z['z']!.data[i]!, 0);
  const cosine = dot / Math.hypot(...row) / Math.hypot(...z['z']!.data);
  expect(evaluate(alignment().impl, plainMap, z, {}).total).toBeCloseTo(1 - cosine, 3);
});

describe.each([
  ['stability', stability({ sigma: 0.3 }).impl, tanhMap],
  ['smoothness', smoothness().impl, tanhMap],
  ['alignment', alignment().impl, tanhMap],
  ['alignment without modulation', alignment().impl, plainMap],
] as [string, Loss, ParameterMap][])('%s', (_, loss, map) => {
  const z = map.init(4);

  test('has the gradient that finite differences find', () => {
    const { gradients } = evaluate(loss, map, z, {});
    const h = 0.01;
    const differences = Array.from(z['z']!.data, (__, i) => {
      const [up, down] = [h, -h].map((step) => evaluate(loss, map, { z: moved(z['z']!, i, step) }, {}).total);
      return (up! - down!) / (2 * h);
    });
    const size = Math.hypot(...differences);
    const error = Math.hypot(...differences.map((value, i) => value - gradients['z']![i]!));
    expect(size).toBeGreaterThan(1e-3);
    expect(error / size).toBeLessThan(1e-2);
  });

  test('keeps nothing', () => {
    const before = tf.memory().numTensors;
    evaluate(loss, map, z, {});
    expect(tf.memory().numTensors).toBe(before);
  });

  test('says nothing when it acts, and is no task', () => {
    expect(loss.check(map)).toEqual([]);
    expect(loss.perExample).toBeUndefined();
  });
});

describe('a term without effect is reported', () => {
  test('smoothness of a map whose Jacobian is constant', () => {
    const [warning, ...others] = smoothness().impl.check(plainMap);
    expect(warning).toMatchObject({ code: 'LOSSES_ZERO_GRADIENT' });
    expect(warning?.message).toMatch(/'smoothness'.*does not depend on z/);
    expect(others).toEqual([]);
    const { gradients } = evaluate(smoothness().impl, plainMap, plainMap.init(1), {});
    expect(Math.max(...gradients['z']!.map(Math.abs))).toBe(0);
  });

  test('stability that disturbs nothing', () => {
    expect(stability({ sigma: 0 }).impl.check(tanhMap)).toMatchObject([{ code: 'LOSSES_ZERO_GRADIENT' }]);
    const { total, gradients } = evaluate(stability({ sigma: 0 }).impl, tanhMap, tanhMap.init(1), {});
    expect(total).toBe(0);
    expect(Math.max(...gradients['z']!.map(Math.abs))).toBe(0);
  });

  test.each([smoothness(), alignment()])(
    '$name of a parameterization that has none is an error',
    ({ name, impl }) => {
      const check = (): unknown => impl.check(bound(direct().impl));
      expect(check).toThrow(expect.objectContaining({ code: 'LOSSES_MISSING_REGULARIZER' }));
      expect(check).toThrow(new RegExp(`'${name}'.*has none`));
    },
  );

  test('stability without noise is an error', () => {
    const evaluateBare = (): unknown =>
      tf.tidy(() => {
        const z = tf.zeros([2]);
        const context = {
          output: z,
          labels: z,
          weights: {},
          noise: {},
          forward: () => z,
          regularizer: () => tf.scalar(0),
        };
        return stability().impl.evaluate({ ...context, trainables: { z } }).total;
      });
    expect(evaluateBare).toThrow(expect.objectContaining({ code: 'LOSSES_MISSING_NOISE' }));
  });
});
