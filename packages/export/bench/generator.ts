// What a generator costs and saves beside the weights: bytes of the file, the start of a session, which makes the weights,
// and a run of one image. The files take turns, so that a machine that is busy with something else slows all of them.
//
// npx tsx --conditions=@mapping-networks/source packages/export/bench/generator.ts
import { float32, mapping, modelMap, normal, randomKey, type Model, type Part } from '@mapping-networks/core';
import { generator, onnx } from '@mapping-networks/export';
import { cnn1, cnn2, mlp } from '@mapping-networks/targets';

const STARTS = 15;
const RUNS = 20;

const networks: readonly (readonly [string, Part<'target'>, Part<'parameterization'>])[] = [
  ['CNN2, 2,048', cnn2(), mapping({ latentDim: 2048 })],
  ['CNN2, 2,688 by layer', cnn2(), mapping({ latentDim: 2688, strategy: 'layerwise' })],
  ['CNN1, 2,072', cnn1(), mapping({ latentDim: 2072 })],
  // Most of it is stored in bits: drawing would take too much memory.
  ['MLP, 1,025', mlp({ hidden: [1500, 1000] }), mapping({ latentDim: 1025 })],
];
const image = float32(normal(randomKey(0, 'image'), 28 * 28), [1, 28, 28, 1]);

const tasks = await Promise.all(
  networks.flatMap(([name, target, parameterization]) =>
    [onnx(), generator()].map(async (exporter) => {
      const parts = { target, parameterization };
      const model: Model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
      const files = await exporter.impl.write(model, {});
      const starts: number[] = [];
      const runs: number[] = [];
      return { name, exporter, model, files, starts, runs };
    }),
  ),
);

for (let start = 0; start < STARTS; start++) {
  for (const { exporter, files, model, starts, runs } of tasks) {
    const begin = performance.now();
    const network = await exporter.impl.load(files, model);
    starts.push(performance.now() - begin);
    for (let run = 0; run < RUNS; run++) {
      const from = performance.now();
      await network.run(image);
      runs.push(performance.now() - from);
    }
    network.dispose();
  }
}

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;

console.table(
  tasks.map(({ name, exporter, files, starts, runs }) => ({
    network: name,
    file: exporter.name,
    bytes: Object.values(files).reduce((sum, { length }) => sum + length, 0),
    'start, ms': median(starts).toFixed(1),
    'least ms': Math.min(...starts).toFixed(1),
    'run, ms': median(runs).toFixed(3),
  })),
);
