// The example runs, and its networks learn.
import { initialBuffers, normal, randomKey, type Target } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { gatedMlp } from '../src/gated-mlp.ts';
import { patchNet } from '../src/patch-net.ts';
import { trainBoth } from '../src/train-both.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

test('both networks are trained through a mapping and learn', { timeout: 120_000 }, async () => {
  const outcomes = await trainBoth({ examples: 1000, epochs: 3, latentDim: 512 });
  expect(
    outcomes.map(({ target, trainables, targetParameters }) => [target, trainables, targetParameters]),
  ).toEqual([
    ['patchNet', 512, 32 * 17 + 64 + 32 * 33 + 10 * (16 * 32 + 1)],
    ['gatedMlp', 512, 48 * 785 + 4 * 48 * 49 + 10 * 49],
  ]);
  for (const { accuracy } of outcomes) expect(accuracy).toBeGreaterThan(0.25);
});

const logits = (target: Target, x: Float32Array): Float32Array => {
  const named = (
    entries: readonly { name: string; shape: readonly number[] }[],
    fill: (i: number) => ArrayLike<number>,
  ) =>
    Object.fromEntries(
      entries.map(({ name, shape }, i) => [name, tf.tensor(Float32Array.from(fill(i)), [...shape])]),
    );
  const output = tf.tidy(() => {
    const { parameters } = target.parameters;
    const values = named(parameters, (i) => normal(randomKey(1, i), parameters[i]!.size).map((v) => v / 10));
    const buffers = initialBuffers(target);
    const state = named(target.buffers, (i) => buffers[target.buffers[i]!.name]!.data);
    const batch = tf.tensor(x, [2, ...target.inputShape]);
    return target.apply(values, state, batch, { training: false, masks: {} }).output;
  });
  const read = Float32Array.from(output.dataSync());
  output.dispose();
  return read;
};

describe.each([patchNet(), gatedMlp()])('$name', ({ impl }) => {
  test('keeps the target contract: one row of logits for each example, nothing left behind', () => {
    const before = tf.memory().numTensors;
    const first = normal(randomKey(2), 2 * 784);
    const values = logits(impl, first);
    expect(values).toHaveLength(20);
    // The second example does not see the first.
    const changed = Float32Array.from(first, (value, i) => (i < 784 ? -value : value));
    const other = logits(impl, changed);
    expect(other.slice(10)).toEqual(values.slice(10));
    expect(other.slice(0, 10)).not.toEqual(values.slice(0, 10));
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('gates and skips are what the file says', () => {
  // One feature, one block: h = tanh(x·a), output = (h + (h·v) · σ(h·g)) · o, biases 0.
  const target = gatedMlp({ inputShape: [1], classes: 1, width: 1, blocks: 1 }).impl;
  const [a, v, g, o, x] = [0.7, -1.3, 0.4, 2, 0.9];
  const output = tf.tidy(() => {
    const kernels = { stem: a, value1: v, gate1: g, head: o };
    const parameters = Object.fromEntries(
      Object.entries(kernels).flatMap(([name, value]) => [
        [`${name}.kernel`, tf.tensor2d([[value]])],
        [`${name}.bias`, tf.tensor1d([0])],
      ]),
    );
    return target
      .apply(parameters, {}, tf.tensor2d([[x]]), { training: true, masks: {} })
      .output.dataSync()[0];
  });
  const h = Math.tanh(x * a);
  expect(output).toBeCloseTo((h + (h * v) / (1 + Math.exp(-h * g))) * o, 5);
});
