import { createRegistry, resolve, toSpec } from '@mapping-networks/core';
import { defineDataset, glyphs, type DatasetArrays } from '@mapping-networks/datasets';
import { describe, expect, test } from 'vitest';

const examples = { inputs: Uint8Array.of(0, 51, 102, 255), labels: Uint8Array.of(0, 1) };
const arrays: DatasetArrays = { train: examples, validation: examples, test: examples };
const base = { name: 'pairs', inputShape: [1, 2, 1], classes: ['a', 'b'] } as const;

describe('a dataset of arrays', () => {
  test('is a plugin like any other', async () => {
    const pairs = defineDataset({ ...base, load: () => arrays });
    const registry = createRegistry([glyphs, pairs]);
    const part = resolve(registry, 'dataset', toSpec(pairs()));
    expect(part).toMatchObject({ kind: 'dataset', name: 'pairs', options: {} });
    const { train } = await part.impl.load();
    expect(train.batch([1])).toEqual({ size: 1, x: Float32Array.of(102, 255), y: Int32Array.of(1) });
  });

  test('loads when a run does, with its context', async () => {
    const signal = new AbortController().signal;
    const seen: unknown[] = [];
    const dataset = defineDataset({
      ...base,
      normalization: { scale: 255, mean: 0.5, std: 0.5 },
      load: async (context) => {
        seen.push(context.signal);
        return arrays;
      },
    })();
    expect(seen).toEqual([]);
    const { info, test: testing } = await dataset.impl.load({ signal });
    expect(seen).toEqual([signal]);
    expect(info).toEqual(dataset.impl.info);
    expect(testing.batch([0]).x).toEqual(Float32Array.of(-1, -0.6));
  });

  test('without classes is regression', async () => {
    const some = { inputs: Float32Array.of(1, 2), labels: Float32Array.of(0.5, -1.5) };
    const dataset = defineDataset({
      name: 'line',
      inputShape: [1],
      load: () => ({ train: some, validation: some, test: some }),
    })();
    expect(dataset.impl.info.task).toBe('regression');
    expect((await dataset.impl.load()).train.batch([1]).y).toEqual(Float32Array.of(-1.5));
  });

  test.each<[string, string, Partial<DatasetArrays>]>([
    [
      'inputs too short',
      'DATASETS_UNFIT_EXAMPLES',
      { validation: { inputs: new Uint8Array(3), labels: examples.labels } },
    ],
    [
      'no examples',
      'DATASETS_UNFIT_EXAMPLES',
      { test: { inputs: new Uint8Array(), labels: new Uint8Array() } },
    ],
    [
      'a label too high',
      'DATASETS_LABEL_OUT_OF_RANGE',
      { test: { ...examples, labels: Uint8Array.of(0, 2) } },
    ],
    [
      'a negative label',
      'DATASETS_LABEL_OUT_OF_RANGE',
      { train: { ...examples, labels: Int32Array.of(0, -1) } },
    ],
    [
      'a broken label',
      'DATASETS_LABEL_OUT_OF_RANGE',
      { train: { ...examples, labels: Float32Array.of(0, 0.5) } },
    ],
  ])('with %s is refused', async (_, code, wrong) => {
    const dataset = defineDataset({ ...base, load: () => ({ ...arrays, ...wrong }) })();
    await expect(dataset.impl.load()).rejects.toMatchObject({
      code,
      message: expect.stringContaining('pairs'),
    });
  });
});
