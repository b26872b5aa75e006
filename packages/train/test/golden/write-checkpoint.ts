// Writes the golden checkpoint of the current version, and what a run that goes on from it comes to:
//   npx tsx --conditions=@mapping-networks/source packages/train/test/golden/write-checkpoint.ts
// Run once when CHECKPOINT_VERSION grows. The folders of former versions stay as they are: they are what users have.
import type { NamedArrays } from '@mapping-networks/core';
import { callback, CHECKPOINT_VERSION, encodeCheckpoint, train, type Checkpoint } from '@mapping-networks/train';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { goldenRun } from './golden-run.ts';

const numbers = (arrays: NamedArrays): Record<string, number[]> =>
  Object.fromEntries(Object.entries(arrays).map(([name, { data }]) => [name, Array.from(data)]));

const folder = fileURLToPath(new URL(`checkpoint-v${CHECKPOINT_VERSION}/`, import.meta.url));
const saved: Checkpoint[] = [];
const controller = new AbortController();
const abort = callback({ on: (event) => void (event.type === 'step' && event.step === 5 && controller.abort()) });
let time = 0;
await train({
  ...goldenRun,
  callbacks: [abort],
  signal: controller.signal,
  now: () => (time += 250),
  checkpoints: { save: async (checkpoint) => void saved.push(checkpoint), saveBest: async () => {} },
});
const [checkpoint] = saved.slice(-1);
if (!checkpoint) throw new Error('nothing was saved');
const { model, test, history } = await train({ ...goldenRun, resume: checkpoint });
const { identity, run, state, seconds } = checkpoint;
const expected = {
  identity,
  run,
  step: state.step,
  sums: state.sums,
  seconds,
  history: checkpoint.history,
  trainables: numbers(state.trainables),
  continued: {
    trainables: numbers(model.trainables),
    objective: history.map(({ objective }) => objective),
    test,
  },
};
await mkdir(folder, { recursive: true });
await writeFile(`${folder}step-00000005.safetensors`, encodeCheckpoint(checkpoint));
await writeFile(`${folder}expected.json`, `${JSON.stringify(expected, null, 2)}\n`);
