// How long it takes to load CNN1 from 2,072 numbers, and to run it on one image. The parts take turns, so that a machine
// that is busy with something else slows all of them.
//
// npx tsx --conditions=@mapping-networks/source packages/runtime/bench/generate.ts
import { encodeBundle, mapping, modelMap, normal, randomKey } from '@mapping-networks/core';
import { cnn1, load } from '@mapping-networks/runtime';
import { cnn1 as target } from '@mapping-networks/targets';

const RUNS = 20;

const parts = { target: target(), parameterization: mapping({ latentDim: 2072 }) };
const map = modelMap(parts);
const trainables = map.init(0);
const files = encodeBundle({ ...parts, trainables, buffers: {} });
const network = await load(files, { targets: { cnn1 } });
const image = normal(randomKey(0, 'image'), 28 * 28).map((value) => (value > 1 ? 1 : 0));

const tasks: Readonly<Record<string, () => unknown>> = {
  'weights, by core': () => map.generate(trainables),
  'load: checks, weights, hash': () => load(files, { targets: { cnn1 } }),
  'run: one image': () => network.run(image),
};

const times = new Map(Object.keys(tasks).map((name) => [name, [] as number[]]));
for (let run = 0; run < RUNS; run++) {
  for (const [name, task] of Object.entries(tasks)) {
    const start = performance.now();
    await task();
    times.get(name)?.push(performance.now() - start);
  }
}

const report = [...times].map(([name, list]) => {
  const sorted = list.toSorted((a, b) => a - b);
  return [name, { 'min ms': sorted[0]?.toFixed(1), 'median ms': sorted[RUNS / 2]?.toFixed(1) }];
});
console.table(Object.fromEntries(report));
