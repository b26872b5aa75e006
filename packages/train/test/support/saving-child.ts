// A process that saves one checkpoint and kills itself at its n-th file operation. It prints how many there were when it
// comes through. Arguments: folder, step to save, n.
import { float32 } from '@mapping-networks/core';
import { openCheckpoints } from '@mapping-networks/train/node';
import { killAt } from './kill-at.ts';
import { syntheticCheckpoint } from './synthetic-checkpoint.ts';

const [folder = '.', step = '1', n = '0'] = process.argv.slice(2);
const operations = await killAt(Number(n), folder);
const checkpoints = await openCheckpoints(folder, { keep: 2 });
const checkpoint = syntheticCheckpoint(Number(step), float32(new Float32Array(5000).fill(Number(step))));
await checkpoints.save(checkpoint);
await checkpoints.saveBest(checkpoint);
console.log(operations());
