// What a report takes from outputs that are not one logit a class: a single logit, and values.
import type { DatasetInfo, DatasetSplits, Model, Part, Split } from '@mapping-networks/core';
import { direct, mlp, modelMap, pipelineFrom, predict, registryOf, type Pipeline } from 'mapping-networks';
import { expect, it } from 'vitest';
import { predictionsOf } from '../src/report/predictions.ts';

const infoOf = (task: DatasetInfo['task'], classes: readonly string[]): DatasetInfo => ({
  name: 'points',
  title: 'Points',
  inputShape: [2],
  task,
  classes,
  normalization: { scale: 1, mean: 0, std: 1 },
  source: { title: 'none', url: 'https://example.org', licence: 'CC0-1.0' },
});

const pointsOf = (size: number, regression: boolean): Split => ({
  size,
  batch: (indices) => ({
    size: indices.length,
    x: Float32Array.from(
      { length: 2 * indices.length },
      (_, i) => ((indices[i >> 1] ?? 0) % 5) - 2 + (i % 2),
    ),
    y: regression
      ? Float32Array.from(indices, (index) => index / 7)
      : Int32Array.from(indices, (index) => index % 2),
  }),
});

/** A run on points, and an untrained network for it with one output. */
const runOn = (task: DatasetInfo['task'], classes: readonly string[], size = 9): [Model, Pipeline] => {
  const info = infoOf(task, classes);
  const split = pointsOf(size, task === 'regression');
  const load = async (): Promise<DatasetSplits> => ({ info, train: split, validation: split, test: split });
  const dataset: Part<'dataset'> = { kind: 'dataset', name: 'points', options: {}, impl: { info, load } };
  const target = mlp({ inputShape: [2], hidden: [4], classes: 1 });
  const parts = { target, parameterization: direct() };
  const loss = task === 'regression' ? 'mse' : 'binaryCrossEntropy';
  const pipeline = pipelineFrom({ ...parts, dataset, loss }, registryOf(undefined));
  return [{ ...parts, trainables: modelMap(parts).init(1), buffers: {} }, pipeline];
};

it('a single logit is the probability of class 1 against class 0', async () => {
  const [model, pipeline] = runOn('classification', ['no', 'yes']);
  const found = await predictionsOf(model, pipeline, 'test');
  if (found?.task !== 'classification') throw new Error('expected a classification');
  const { x } = pointsOf(9, false).batch(Int32Array.from({ length: 9 }, (_, i) => i));
  const { outputs } = await predict({ model, inputs: x, engine: pipeline.parts.engine });
  expect(found.classes).toEqual(['no', 'yes']);
  expect(Array.from(found.labels)).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0]);
  outputs.forEach((logit, i) => {
    expect(found.probabilities[2 * i + 1]).toBeCloseTo(1 / (1 + Math.exp(-logit)), 6);
    expect((found.probabilities[2 * i] ?? 0) + (found.probabilities[2 * i + 1] ?? 0)).toBeCloseTo(1, 6);
  });
  expect(found.picture).toBeUndefined();
});

it('values are told beside the true ones', async () => {
  const [model, pipeline] = runOn('regression', []);
  const found = await predictionsOf(model, pipeline, 'validation');
  if (found?.task !== 'regression') throw new Error('expected a regression');
  expect(Array.from(found.labels)).toEqual(Array.from({ length: 9 }, (_, i) => Math.fround(i / 7)));
  expect(found.predictions).toHaveLength(9);
  expect(Array.from(found.predictions).every(Number.isFinite)).toBe(true);
});

it('an empty split has none', async () => {
  const [model, pipeline] = runOn('regression', [], 0);
  expect(await predictionsOf(model, pipeline, 'test')).toBeUndefined();
});
