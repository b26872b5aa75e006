// What a graph model for TensorFlow.js costs and saves beside a layers model: bytes of the files, and a call on one image and
// on 128. The models take turns, so that a machine that is busy with something else slows all of them.
//
// npx tsx --conditions=@mapping-networks/source packages/export/bench/tfjs.ts
import { float32, mapping, modelMap, normal, randomKey, type Model, type Part } from '@mapping-networks/core';
import { tfjs, type TfjsOptions } from '@mapping-networks/export';
import { prune } from '@mapping-networks/prune';
import { quantize } from '@mapping-networks/quantize';
import { cnn2 } from '@mapping-networks/targets';

const RUNS = { 1: 200, 128: 20 } as const;

/** Nothing is measured, and nothing trained. */
const after = async (model: Model, pass: Part<'pass'>): Promise<Model> => {
  const unused = (): Promise<never> => Promise.reject(new Error('nothing is measured'));
  return (await pass.impl.apply(model, { evaluate: unused, outputs: unused })).model;
};

const parts = { target: cnn2(), parameterization: mapping({ latentDim: 2048 }) };
const whole: Model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
const pruned = await after(whole, prune({ sparsity: 0.9 }));
const networks: readonly (readonly [string, Model])[] = [
  ['CNN2', whole],
  ['int8', await after(whole, quantize())],
  ['90 % pruned', pruned],
  ['90 % pruned, int8', await after(pruned, quantize())],
];
const forms: readonly (readonly [string, Partial<TfjsOptions>])[] = [
  ['layers', { format: 'layers' }],
  ['graph', { format: 'graph' }],
  ['graph, once', { format: 'graph', decode: 'once' }],
];

/** The least milliseconds that each network takes for a batch. */
const leastOf = async (
  loaded: readonly Awaited<ReturnType<ReturnType<typeof tfjs>['impl']['load']>>[],
  batch: keyof typeof RUNS,
): Promise<readonly number[]> => {
  const images = float32(normal(randomKey(0, 'images'), batch * 28 * 28), [batch, 28, 28, 1]);
  const least = loaded.map(() => Number.POSITIVE_INFINITY);
  for (let run = 0; run < RUNS[batch]; run++) {
    for (const [i, network] of loaded.entries()) {
      const from = performance.now();
      await network.run(images);
      least[i] = Math.min(least[i] as number, performance.now() - from);
    }
  }
  return least;
};

const rows = [];
for (const [network, model] of networks) {
  const files = await Promise.all(forms.map(([, options]) => tfjs(options).impl.write(model, {})));
  const loaded = await Promise.all(files.map((each) => tfjs().impl.load(each, model)));
  const [one, many] = [await leastOf(loaded, 1), await leastOf(loaded, 128)];
  for (const { dispose } of loaded) dispose();
  for (const [i, [form]] of forms.entries()) {
    const bytes = Object.values(files[i] ?? {}).reduce((sum, { length }) => sum + length, 0);
    rows.push({ network, form, bytes, '1, ms': one[i]?.toFixed(2), '128, ms': many[i]?.toFixed(2) });
  }
}
console.table(rows);
