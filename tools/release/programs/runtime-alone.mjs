// What someone does who installed nothing but @mapping-networks/runtime: make the weights of a latent that another project
// exported, and run the network.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { load, softmax } from '@mapping-networks/runtime';

const json = readFileSync('exported/config.json', 'utf8');
const network = await load({
  'latent.safetensors': readFileSync('exported/latent.safetensors'),
  'config.json': json,
});
assert.equal(network.hash, JSON.parse(json).fingerprint);

const { pixels, logits } = JSON.parse(readFileSync('exported/expected.json', 'utf8'));
const outputs = network.run(Float32Array.from(pixels));
logits.forEach((logit, i) => {
  assert.ok(Math.abs(outputs[i] - logit) < 1e-4, `expected logit ${i} to be ${logit}, got ${outputs[i]}`);
});
const best = outputs.indexOf(Math.max(...outputs));
console.log(
  `${network.theta.length} weights, hash ${network.hash.slice(0, 12)}, a ${network.data.classes[best]} by ${softmax(outputs)[best].toFixed(3)}`,
);
