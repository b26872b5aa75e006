import { direct, mapping, oneHot, type Model } from '@mapping-networks/core';
import { exportNetwork, latent, type ExportResult } from '@mapping-networks/export';
import { lowRank } from '@mapping-networks/low-rank';
import { prune } from '@mapping-networks/prune';
import { fakeQuantized, quantize, quantizeLatent } from '@mapping-networks/quantize';
import { everything, load } from '@mapping-networks/runtime';
import { cnn2, cnnBn, mlp } from '@mapping-networks/targets';
import { describe, expect, test } from 'vitest';
import { functionNetwork, imageNetwork, inputsFor, networkOf } from './support/networks.ts';
import { passed } from './support/passed.ts';

const exported = async (model: Model): Promise<ExportResult> => {
  const [result] = await exportNetwork(model, [latent()], { inputs: inputsFor(model, 3), repeats: 1 });
  if (result === undefined) throw new Error('no result');
  return result;
};

const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

describe('latent', () => {
  const networks: readonly (readonly [string, Model])[] = [
    ['cnn2', networkOf(cnn2())],
    ['cnnBn', networkOf(cnnBn())],
    ['a direct mlp', networkOf(mlp({ inputShape: [6], hidden: [8], classes: 3 }), direct())],
    ['one-hot', networkOf(cnn2(), mapping({ latentDim: 64, projection: oneHot() }))],
    ['low rank', networkOf(cnn2(), lowRank({ energy: 0.5, inner: mapping({ latentDim: 64 }) }))],
    ['int4', networkOf(mlp(), fakeQuantized({ type: 'int4', inner: mapping({ latentDim: 64 }) }))],
    ['layers', imageNetwork({ type: 'gelu' }, { type: 'avgPool2d', poolSize: 2 })],
  ];
  test.each(networks)('of %s is run by runtime, which knows none of them by name', async (_, model) => {
    const { figures, files, error } = await exported(model);
    expect(error).toBeUndefined();
    expect(figures?.runtime).toBe('@mapping-networks/runtime');
    expect(figures?.relativeDifference).toBeLessThan(1e-5);
    const bundle = {
      'latent.safetensors': files['latent.safetensors'] ?? new Uint8Array(),
      'config.json': textOf(files['config.json']),
    };
    expect((await load(bundle, everything)).weights).toHaveProperty(
      model.target.impl.parameters.parameters[0]?.name ?? '',
    );
  });

  test('of a network in low rank, pruned and quantized, weights and latent, is run by runtime', async () => {
    let model = networkOf(cnn2(), lowRank({ rank: 8, inner: mapping({ latentDim: 64 }) }));
    const passes = [
      prune({ sparsity: 0.8 }),
      quantize({ type: 'int8', range: 'mse' }),
      quantizeLatent({ type: 'int8' }),
    ];
    for (const pass of passes) model = await passed(model, pass);
    const { error, figures, files } = await exported(model);
    expect(error).toBeUndefined();
    expect(figures?.runtime).toBe('@mapping-networks/runtime');
    expect(figures?.relativeDifference).toBeLessThan(1e-5);
    const { parameterization } = JSON.parse(textOf(files['config.json'])) as { parameterization: object };
    expect(parameterization).toMatchObject({
      use: 'fakeQuantized',
      inner: { use: 'masked', inner: { use: 'lowRank', inner: { use: 'mapping' } } },
    });
  });

  test('of a function is a plain bundle, which core loads', async () => {
    const { figures, files, passed } = await exported(functionNetwork());
    expect(passed).toBe(true);
    expect(figures?.runtime).toContain('core, applied by TensorFlow.js');
    expect(textOf(files['config.json'])).toContain('"use":"doubled"');
  });

  test('holds the latent and little else', async () => {
    const { bytes } = await exported(networkOf(mlp(), mapping({ latentDim: 2048 })));
    expect(bytes).toBeGreaterThan(4 * 2048);
    expect(bytes).toBeLessThan(4 * 2048 + 1200);
  });

  test('keeps the bits of a quantized latent, and is run by runtime', async () => {
    const model = networkOf(mlp(), mapping({ latentDim: 2048 }));
    const sizes: number[] = [];
    for (const type of ['float16', 'int8', 'int4'] as const) {
      const { error, figures, bytes } = await exported(await passed(model, quantizeLatent({ type })));
      expect(error).toBeUndefined();
      expect(figures?.runtime).toBe('@mapping-networks/runtime');
      sizes.push(bytes);
    }
    const [float16 = 0, int8 = 0, int4 = 0] = sizes;
    expect(float16).toBeLessThan(2 * 2048 + 1500);
    expect(int8).toBeLessThan(2048 + 1700);
    expect(int4).toBeLessThan(1024 + 1700);
  });

  test('refuses files of another network, and files that are missing', async () => {
    const model = functionNetwork();
    const { impl } = latent();
    const files = await impl.write(model, {});
    const { target } = networkOf(mlp({ inputShape: [6], hidden: [8], classes: 3 }));
    await expect(impl.load({}, model)).rejects.toMatchObject({ code: 'EXPORT_MISSING_FILE' });
    await expect(impl.load(files, { ...model, target })).rejects.toMatchObject({ code: 'CORE_UNKNOWN_NAME' });
    const [some, others] = [7, 8].map((latentDim) => functionNetwork(mapping({ latentDim })));
    const loading = impl.load(await impl.write(some!, {}), others!);
    await expect(loading).rejects.toMatchObject({ code: 'EXPORT_OTHER_NETWORK' });
    const other = networkOf(mlp({ inputShape: [6], hidden: [9], classes: 3 }));
    const another = networkOf(mlp({ inputShape: [6], hidden: [9], classes: 3 }), mapping({ latentDim: 33 }));
    await expect(impl.load(await impl.write(other, {}), another)).rejects.toMatchObject({
      code: 'EXPORT_WEIGHTS_DIFFER',
    });
  });
});
