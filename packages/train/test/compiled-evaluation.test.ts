// Evaluation and prediction through compiled steps: the numbers of the reference engine, the last batch, which is not
// full, included.
import { mapping, modelMap, normal, randomKey, type Part } from '@mapping-networks/core';
import { glyphs } from '@mapping-networks/datasets';
import { cpu } from '@mapping-networks/engine-eager';
import { onnx } from '@mapping-networks/engine-onnx';
import { crossEntropy } from '@mapping-networks/losses';
import { cnn2, cnnBn, mlp } from '@mapping-networks/targets';
import { evaluate, predict } from '@mapping-networks/train';
import { describe, expect, it } from 'vitest';

const targets: readonly Part<'target'>[] = [mlp({ hidden: [24] }), cnn2(), cnnBn()];

describe.each(targets.map((target) => [target.name, target] as const))('%s', (_name, target) => {
  const parts = { target, parameterization: mapping({ latentDim: 64 }) };
  const buffers = Object.fromEntries(
    target.impl.buffers.map(({ name, shape, initial }) => [
      name,
      {
        dtype: 'float32' as const,
        shape,
        data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(initial + 0.1),
      },
    ]),
  );
  const model = { ...parts, trainables: modelMap(parts).init(3), buffers };

  it('predicts what the reference does, in batches that do not fit the number of inputs', async () => {
    const inputs = normal(randomKey(1, 'images'), 23 * 784);
    const expected = await predict({ model, inputs, engine: cpu(), batchSize: 23 });
    const { outputs, size } = await predict({ model, inputs, engine: onnx({ threads: 2 }), batchSize: 5 });
    expect(size).toBe(23);
    const largest = Math.max(...expected.outputs.map(Math.abs));
    outputs.forEach((value, i) => {
      expect(Math.abs(value - (expected.outputs[i] ?? Number.NaN)) / largest).toBeLessThan(1e-5);
    });
  });

  it('scores what the reference does, whatever the size of the batches', async () => {
    const { test: split } = await glyphs({ train: 10, validation: 10, test: 37 }).impl.load({});
    const scores = (engine: Part<'engine'>, batchSize: number) =>
      evaluate({ model, split, loss: crossEntropy(), engine, batchSize });
    const expected = await scores(cpu(), 37);
    for (const batchSize of [8, 37, 256]) {
      const { loss, accuracy } = await scores(onnx({ threads: 2 }), batchSize);
      expect(loss).toBeCloseTo(expected.loss, 4);
      expect(accuracy).toBe(expected['accuracy']);
    }
  });
});
