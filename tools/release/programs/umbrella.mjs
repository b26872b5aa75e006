// What someone does who installed mapping-networks: train a small network through a few numbers with the built-in
// parts by name, save it, and read back the same network with the same score.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { latent, modelFingerprint, pipeline, predict, registry, wasm } from 'mapping-networks';
import { loadBundle, saveBundle } from 'mapping-networks/node';

const run = pipeline({
  target: { use: 'mlp', hidden: [32] },
  dataset: { use: 'glyphs', train: 1000, validation: 100, test: 200 },
  latentDim: 256,
  epochs: 3,
  batchSize: 50,
});

const losses = [];
const { model, test } = await run.train({
  onEvent: (event) => {
    if (event.type === 'epoch') losses.push(event.record.train.loss);
  },
});
assert.ok(losses.at(-1) < losses[0], `expected the loss to fall, got ${losses.join(', ')}`);
assert.ok(test.accuracy > 0.2, `expected better than chance (0.1), got ${test.accuracy}`);

const saved = await saveBundle('bundle', model);
const loaded = await loadBundle('bundle', registry());
assert.equal(modelFingerprint(loaded), modelFingerprint(model));
const again = await run.evaluate(loaded);
assert.equal(again.accuracy, test.accuracy);

// The network for whoever has only the runtime: its latent, and what it says of one picture.
mkdirSync('exported');
for (const [name, bytes] of Object.entries(await latent().impl.write(model, {}))) {
  writeFileSync(`exported/${name}`, bytes);
}
const pixels = Array.from({ length: 28 * 28 }, (_, i) => Math.sin(i / 5));
const { outputs } = await predict({ model, inputs: Float32Array.from(pixels), engine: wasm() });
writeFileSync('exported/expected.json', JSON.stringify({ pixels, logits: [...outputs] }));

console.log(
  `test accuracy ${test.accuracy.toFixed(3)}, latent ${saved.latentBytes} bytes, fingerprint ${modelFingerprint(loaded).slice(0, 12)}`,
);
