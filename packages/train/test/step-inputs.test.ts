// What a run feeds to its steps: buffers, masks, noise, batches, learning rates. Seen by an engine that records.
import { normal, randomKey, sizeOf, type Part } from '@mapping-networks/core';
import { cpu } from '@mapping-networks/engine-eager';
import { train } from '@mapping-networks/train';
import { describe, expect, it } from 'vitest';
import { recording } from './recording-engine.ts';
import { base } from './tiny-run.ts';
import { statefulTarget, weighted } from './tiny.ts';

describe('what a step is fed', () => {
  it('is buffers that follow the batches', async () => {
    const { engine, steps } = recording(cpu());
    const { model } = await train({ ...base, engine, target: statefulTarget, epochs: 1 });
    const expected = [0.25, 0.25];
    for (const { 'batch.x': x, 'buffer.norm.mean': buffer } of steps) {
      expected.forEach((value, k) => expect(buffer?.data[k]).toBeCloseTo(value, 5));
      const means = [0, 1].map(
        (k) => [...(x?.data ?? [])].reduce((sum, v, i) => sum + (i % 2 === k ? v : 0), 0) / 16,
      );
      means.forEach((mean, k) => (expected[k] = 0.9 * (expected[k] ?? 0) + 0.1 * mean));
    }
    expected.forEach((value, k) => expect(model.buffers['norm.mean']?.data[k]).toBeCloseTo(value, 5));
  });

  it('is fresh dropout masks that keep the mean', async () => {
    const { engine, steps } = recording(cpu());
    await train({ ...base, engine, target: statefulTarget, epochs: 20 });
    const masks = steps.map((inputs) => inputs['mask.drop']);
    const values = masks.flatMap((mask) => [...(mask?.data ?? [])]);
    expect(masks[0]?.shape).toEqual([16, 2]);
    expect(new Set(values)).toEqual(new Set([0, Math.fround(1 / 0.6)]));
    // 1,920 draws: the standard error of the share is 0.011.
    expect(values.filter((value) => value === 0).length / values.length).toBeCloseTo(0.4, 1);
    expect(masks[0]).not.toEqual(masks[1]);
  });

  it('is standard normal noise in the shapes of the trainables, keyed by step and name', async () => {
    const { engine, steps } = recording(cpu());
    await train({ ...base, engine, loss: weighted, seed: 3 });
    steps.forEach((inputs, step) => {
      for (const [name, shape] of Object.entries({ 'fc.kernel': [2, 3], 'fc.bias': [3] })) {
        const data = normal(randomKey(3, 'train', 'noise', step, name), sizeOf(shape));
        expect(inputs[`noise.${name}`]).toEqual({ dtype: 'float32', shape, data });
      }
    });
  });

  it('is every example at most once an epoch, in another order each time', async () => {
    const { engine, steps } = recording(cpu());
    await train({ ...base, engine, epochs: 2 });
    const epochs = [steps.slice(0, 3), steps.slice(3)].map((epoch) =>
      epoch.map((inputs) => [...(inputs['batch.x']?.data ?? [])].join()),
    );
    const points = steps.slice(0, 3).flatMap((inputs) => {
      const data = inputs['batch.x']?.data ?? [];
      return Array.from({ length: 16 }, (_, i) => `${data[2 * i]} ${data[2 * i + 1]}`);
    });
    expect(new Set(points).size).toBe(48);
    expect(epochs[0]).not.toEqual(epochs[1]);
  });

  it('is the scheduled learning rate and the number of the step', async () => {
    const { engine, steps } = recording(cpu());
    const schedule: Part<'schedule'> = {
      kind: 'schedule',
      name: 'ramp',
      options: {},
      impl: { factor: (step, total) => step / total },
    };
    await train({ ...base, engine, schedule, learningRate: 0.5 });
    expect(steps.map((inputs) => inputs['step']?.data[0])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    steps.forEach((inputs, i) => expect(inputs['learningRate']?.data[0]).toBeCloseTo((0.5 * i) / 9, 6));
  });
});
