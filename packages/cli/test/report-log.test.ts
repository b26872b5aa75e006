// The log of a run as points of curves and as the way of its trainables.
import { pipeline } from 'mapping-networks';
import { expect, it } from 'vitest';
import { comparedRun } from '../src/report/comparison-of.ts';
import { stepPoints, stepsPerEpoch, trajectoryOf } from '../src/report/log-points.ts';
import type { LogLine } from '../src/run-log/log-line.ts';

const line = (step: number, epoch: number, more: Partial<LogLine> = {}): LogLine => ({
  step,
  epoch,
  loss: 1 / step,
  learningRate: 0.1,
  metrics: { accuracy: 0.5 },
  terms: { crossEntropy: 1 / step },
  norm: 1,
  moved: 0.5,
  ...more,
});

it('steps of an epoch are told by where the second begins, else known from elsewhere', () => {
  expect(stepsPerEpoch([line(1, 1), line(2, 1), line(3, 2)], 99)).toBe(2);
  expect(stepsPerEpoch([line(1, 1), line(2, 1)], 99)).toBe(99);
  expect(stepsPerEpoch([], 0)).toBe(1);
});

it('points lie on the axis of epochs; what was not finite and the initialisation are left out', () => {
  const start = line(0, 0, { loss: null, learningRate: null, metrics: {}, terms: {} });
  const points = stepPoints([start, line(1, 1), line(2, 1, { loss: null, norm: null }), line(3, 2)], 2);
  expect(points.map(({ epoch }) => epoch)).toEqual([0.5, 1, 1.5]);
  expect(points[0]).toEqual({
    epoch: 0.5,
    step: 1,
    scores: { loss: 1, accuracy: 0.5 },
    terms: { crossEntropy: 1 },
    learningRate: 0.1,
    norm: 1,
    moved: 0.5,
  });
  expect(points[1]?.scores).toEqual({ accuracy: 0.5 });
  expect(points[1]).not.toHaveProperty('norm');
});

it('the way of the trainables keeps to one set of coordinates', () => {
  const at = (step: number, ...values: number[]): LogLine =>
    line(step, 1, { latent: Float32Array.from(values), of: 2 });
  expect(trajectoryOf([line(1, 1)])).toBeUndefined();
  expect(trajectoryOf([at(1, 0, 0)])).toBeUndefined();
  const way = trajectoryOf([at(1, 0, 0), line(2, 1), at(3, 1, 2), at(4, 1)]);
  expect(way?.of).toBe(2);
  expect(way?.snapshots.map(({ step, values }) => [step, ...values])).toEqual([
    [1, 0, 0],
    [3, 1, 2],
  ]);
});

it('a log with the trainables in every line gives a way of bounded length, from the first place to the last', () => {
  const log = Array.from({ length: 3000 }, (_, i) =>
    line(i + 1, 1, { latent: Float32Array.of(i, 1), of: 2 }),
  );
  const steps = trajectoryOf(log)?.snapshots.map(({ step }) => step) ?? [];
  expect(steps).toHaveLength(250);
  expect([steps[0], steps.at(-1)]).toEqual([1, 3000]);
  expect(steps).toEqual([...new Set(steps)].toSorted((a, b) => a - b));
});

it('a run that was cut short after its only step, of all examples in one batch, has points on the axis', async () => {
  const dataset = { use: 'glyphs', train: 20, validation: 10, test: 10 } as const;
  const { steps } = await comparedRun({
    path: 'run',
    folder: 'run',
    pipeline: pipeline({ target: 'mlp', dataset, latentDim: 8, batchSize: 128 }),
    log: [line(1, 1)],
    problems: [],
  });
  expect(steps.map(({ epoch }) => epoch)).toEqual([1]);
});
