// Checkpoints that former versions wrote, committed as files: they are read to the last bit, and runs go on from them.
import { decodeCheckpoint, encodeCheckpoint, train } from '@mapping-networks/train';
import { openCheckpoints } from '@mapping-networks/train/node';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { goldenRun } from './golden/golden-run.ts';
import { emptyFolder } from './support/child.ts';

interface Expected {
  readonly identity: string;
  readonly run: object;
  readonly step: number;
  readonly sums: object;
  readonly seconds: number;
  readonly history: readonly object[];
  readonly trainables: Readonly<Record<string, readonly number[]>>;
  readonly continued: {
    readonly trainables: Readonly<Record<string, readonly number[]>>;
    readonly objective: readonly number[];
    readonly test: Readonly<Record<string, number>>;
  };
}

describe.each(['checkpoint-v1'])('%s', (version) => {
  const folder = fileURLToPath(new URL(`golden/${version}`, import.meta.url));
  const file = join(folder, 'step-00000005.safetensors');
  const readExpected = async (): Promise<Expected> => {
    const json: Expected = JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8'));
    return json;
  };

  it('is read as it was written', async () => {
    const bytes = new Uint8Array(await readFile(file));
    const expected = await readExpected();
    const checkpoint = decodeCheckpoint(bytes, file);
    expect(checkpoint).toMatchObject({
      identity: expected.identity,
      run: expected.run,
      state: { step: expected.step, epoch: 1, position: 2, sums: expected.sums, learningRateScale: 1 },
      rollback: { step: 3 },
      best: { epoch: 1 },
      seconds: expected.seconds,
    });
    expect(checkpoint.history).toEqual(expected.history);
    for (const [name, numbers] of Object.entries(expected.trainables)) {
      expect(Array.from(checkpoint.state.trainables[name]?.data ?? [])).toEqual(numbers);
    }
    if (version === 'checkpoint-v1') expect(encodeCheckpoint(checkpoint)).toEqual(bytes);
  });

  it('is gone on from to the network that its version came to', async () => {
    const copy = await emptyFolder();
    await cp(folder, copy, { recursive: true });
    const checkpoints = await openCheckpoints(copy);
    const found = await checkpoints.latest();
    const { continued } = await readExpected();
    const { model, history, test, steps } = await train({
      ...goldenRun,
      checkpoints,
      ...(found && { resume: found.checkpoint }),
    });
    expect(steps).toBe(6);
    // The same bits on Node 20 and 24 on one machine; elsewhere functions such as exp may differ in the last one.
    for (const [name, numbers] of Object.entries(continued.trainables)) {
      numbers.forEach((value, i) => expect(model.trainables[name]?.data[i]).toBeCloseTo(value, 4));
    }
    continued.objective.forEach((value, i) => expect(history[i]?.objective).toBeCloseTo(value, 4));
    expect(test?.loss).toBeCloseTo(continued.test['loss'] ?? Number.NaN, 4);
  });
});
