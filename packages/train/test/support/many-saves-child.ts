// A process that saves a checkpoint of 0.4 megabytes 300 times, and prints how many megabytes more it holds after the last
// 200 than before them. Argument: folder.
import { float32 } from '@mapping-networks/core';
import { openCheckpoints } from '@mapping-networks/train/node';
import { syntheticCheckpoint } from './synthetic-checkpoint.ts';

const [folder = '.'] = process.argv.slice(2);
const checkpoints = await openCheckpoints(folder);
const resident = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().rss / 2 ** 20;
};
const save = async (from: number, to: number): Promise<void> => {
  for (let step = from; step <= to; step++) {
    await checkpoints.save(syntheticCheckpoint(step, float32(new Float32Array(100_000).fill(step))));
  }
};
await save(1, 100);
const before = resident();
await save(101, 300);
console.log(resident() - before);
