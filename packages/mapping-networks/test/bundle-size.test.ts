// CNN1, 537,994 parameters or 2.15 MB, is stored in a few kilobytes.
import { encodeBundle, mapping, type Model } from '@mapping-networks/core';
import { fashionMnist } from '@mapping-networks/datasets';
import { cnn1 } from '@mapping-networks/targets';
import { expect, test } from 'vitest';
import { decodeBundle, modelFingerprint, registry } from 'mapping-networks';

test('CNN1 through 2,072 numbers: the latent within 8.6 KB, the bundle within 12 KB', () => {
  const target = cnn1();
  const parameterization = mapping({ latentDim: 2072 });
  const { name, inputShape, task, classes, normalization } = fashionMnist().impl.info;
  const model: Model = {
    target,
    parameterization,
    trainables: parameterization.impl.bind(target.impl.parameters).init(0),
    buffers: {},
    data: { name, inputShape, task, classes, normalization },
    metrics: {
      'train.accuracy': 0.9123456789,
      'validation.accuracy': 0.9123456789,
      'test.accuracy': 0.9123456789,
    },
  };
  const files = encodeBundle(model);
  const latent = files['latent.safetensors'].length;
  expect(target.impl.parameters.size).toBe(537_994);
  expect(latent).toBeLessThanOrEqual(8_600);
  expect(latent + Buffer.byteLength(files['config.json'])).toBeLessThanOrEqual(12_000);
  expect(modelFingerprint(decodeBundle(files, registry()))).toBe(modelFingerprint(model));
});
