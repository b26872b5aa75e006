// The bundled script of the page, where nothing is installed: it has the same weights, and gives the same answer.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

// Not there before it is bundled.
const { load, softmax } = await import(new URL('page/runtime-page.js', import.meta.url).href);
assert.ok(!existsSync('node_modules'), 'expected no packages beside the bundled script');
const json = readFileSync('exported/config.json', 'utf8');
const { hash, run } = await load({
  'latent.safetensors': readFileSync('exported/latent.safetensors'),
  'config.json': json,
});
assert.equal(hash, JSON.parse(json).fingerprint);
const { pixels, logits } = JSON.parse(readFileSync('exported/expected.json', 'utf8'));
const chances = softmax(run(Float32Array.from(pixels)));
const best = logits.indexOf(Math.max(...logits));
assert.equal(chances.indexOf(Math.max(...chances)), best);
console.log(`hash ${hash.slice(0, 12)}, class ${best} by ${chances[best].toFixed(3)}`);
