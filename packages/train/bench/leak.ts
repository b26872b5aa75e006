// Whether a long run holds on to memory: trains a small network on an engine with checkpoints on, and prints the
// resident memory of the process for each tenth of the run: the median of ten samples, each after a garbage collection
// where that is exposed, because what an allocator gives back to the system varies. From the repository root:
//   npx tsx --expose-gc --conditions=@mapping-networks/source packages/train/bench/leak.ts
// The last line is JSON: bytes in the last tenth and in the third (two are the warm-up), and their ratio.
// Arguments: steps (5,000), steps between two checkpoints (50), engine (wasm, or onnx).
import { mapping } from '@mapping-networks/core';
import { glyphs } from '@mapping-networks/datasets';
import { wasm } from '@mapping-networks/engine-eager';
import { onnx } from '@mapping-networks/engine-onnx';
import { crossEntropy, mappingLoss, stability } from '@mapping-networks/losses';
import { cnnBn } from '@mapping-networks/targets';
import { callback, train } from '@mapping-networks/train';
import { openCheckpoints } from '@mapping-networks/train/node';
import * as tf from '@tensorflow/tfjs-core';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [steps = 5000, checkpointEvery = 50] = process.argv.slice(2, 4).map(Number);
const engine = process.argv[4] === 'onnx' ? onnx() : wasm();
const batchSize = 8;
/** Two epochs in a tenth of the run: the warm-up has a validation in it. */
const examples = batchSize * Math.max(1, Math.floor(steps / 20));
const folder = await mkdtemp(join(tmpdir(), 'leak-'));
const sampleEvery = Math.max(1, Math.floor(steps / 100));
const samples: number[] = [];
const tenths: number[] = [];
let saves = 0;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const sample = (step: number): void => {
  globalThis.gc?.();
  samples.push(process.memoryUsage().rss);
  if (samples.length < 10) return;
  const resident = median(samples.splice(0));
  tenths.push(resident);
  const { heapUsed } = process.memoryUsage();
  const [whole, heap] = [resident, heapUsed].map((bytes) => (bytes / 2 ** 20).toFixed(1));
  const { numTensors } = tf.memory();
  console.log(
    `step ${step}: resident ${whole} MB, heap ${heap} MB, ${numTensors} tensors, ${saves} checkpoints`,
  );
};

const watch = callback({
  on: async (event) => {
    if (event.type === 'checkpoint') saves += 1;
    if (event.type === 'step' && event.step % sampleEvery === 0) sample(event.step);
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
    engine,
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
const [, , warm = Number.NaN] = tenths;
const last = tenths.at(-1) ?? Number.NaN;
console.log(JSON.stringify({ engine: engine.name, steps, saves, warm, last, ratio: last / warm }));
