// Whether a long run holds on to memory: trains a small network on the wasm engine with checkpoints on, and prints the
// resident memory of the process ten times, after a garbage collection where that is exposed. From the repository root:
//   npx tsx --expose-gc --conditions=@mapping-networks/source packages/train/bench/leak.ts
// The last line is JSON: resident bytes at the end and after the first tenth (the warm-up), and their ratio. Memory that
// is held on to makes it grow with the number of steps. Arguments: steps (5,000), steps between checkpoints (50).
import { mapping } from '@mapping-networks/core';
import { glyphs } from '@mapping-networks/datasets';
import { wasm } from '@mapping-networks/engine-eager';
import { crossEntropy, mappingLoss, stability } from '@mapping-networks/losses';
import { cnnBn } from '@mapping-networks/targets';
import { callback, train } from '@mapping-networks/train';
import { openCheckpoints } from '@mapping-networks/train/node';
import * as tf from '@tensorflow/tfjs-core';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [steps = 5000, checkpointEvery = 50] = process.argv.slice(2).map(Number);
const batchSize = 8;
/** Two epochs in a tenth of the run: the warm-up has a validation in it. */
const examples = batchSize * Math.max(1, Math.floor(steps / 20));
const folder = await mkdtemp(join(tmpdir(), 'leak-'));
const resident: number[] = [];
let saves = 0;

const measure = (step: number): void => {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const megabytes = [rss, heapUsed, external].map((bytes) => (bytes / 2 ** 20).toFixed(1));
  const [whole, heap, outside] = megabytes;
  console.log(
    `step ${step}: resident ${whole} MB, heap ${heap} MB, outside it ${outside} MB, ${tf.memory().numTensors} tensors, ${saves} checkpoints`,
  );
  resident.push(rss);
};

const watch = callback({
  on: async (event) => {
    if (event.type === 'checkpoint') saves += 1;
    if (event.type === 'step' && event.step % Math.floor(steps / 10) === 0) measure(event.step);
    // Lets the event loop turn, as the command does: what is due elsewhere is done.
    if (event.type === 'step') await new Promise((resolve) => setImmediate(resolve));
  },
});

try {
  await train({
    target: cnnBn(),
    parameterization: mapping({ latentDim: 256 }),
    loss: mappingLoss({ task: crossEntropy(), terms: [stability()] }),
    dataset: glyphs({ train: examples, validation: 64, test: 64 }),
    engine: wasm(),
    batchSize,
    epochs: 20,
    checkpointEvery,
    onNan: 'halve-lr',
    restoreBest: true,
    checkpoints: await openCheckpoints(folder),
    callbacks: [watch],
  });
} finally {
  await rm(folder, { recursive: true, force: true });
}
const [warm = Number.NaN] = resident;
const last = resident.at(-1) ?? Number.NaN;
console.log(JSON.stringify({ steps, saves, warm, last, ratio: last / warm }));
