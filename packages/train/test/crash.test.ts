// A process that is killed while it saves: at every single file operation, and in the middle of every write, there is
// a whole checkpoint afterwards, the old one or the new one. And one that is stopped by the system: no space, no rights.
import { float32 } from '@mapping-networks/core';
import { openCheckpoints } from '@mapping-networks/train/node';
import { chmod, cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundled, emptyFolder, ended } from './support/child.ts';
import { syntheticCheckpoint } from './support/synthetic-checkpoint.ts';

let child = '';
beforeAll(async () => {
  child = await bundled('saving-child');
});

/** A folder with the checkpoints of steps 1 and 2, the second the best, of which two are kept. */
const before = async (): Promise<string> => {
  const folder = await emptyFolder();
  const checkpoints = await openCheckpoints(folder, { keep: 2 });
  for (const step of [1, 2]) {
    await checkpoints.save(syntheticCheckpoint(step, float32(new Float32Array(5000).fill(step))));
  }
  await checkpoints.saveBest(syntheticCheckpoint(2, float32(new Float32Array(5000).fill(2))));
  return folder;
};

const names = async (folder: string): Promise<readonly string[]> => (await readdir(folder)).sort();

describe('a kill at any file operation', () => {
  it('leaves the old checkpoint or the new one, whole', async () => {
    const original = await before();
    const seen: number[] = [];
    for (let n = 1; ; n++) {
      const folder = await emptyFolder();
      await cp(original, folder, { recursive: true });
      const { code, signal, stdout, stderr } = await ended(process.execPath, [child, folder, '3', String(n)]);
      if (signal === null) {
        expect({ code, stderr, operations: Number(stdout) }).toEqual({
          code: 0,
          stderr: '',
          operations: n - 1,
        });
        break;
      }
      expect(signal).toBe('SIGKILL');
      const checkpoints = await openCheckpoints(folder, { keep: 2 });
      const latest = await checkpoints.latest();
      const best = await checkpoints.best();
      const step = latest?.checkpoint.state.step ?? 0;
      expect([2, 3], `after operation ${n}`).toContain(step);
      expect(new Set(latest?.checkpoint.state.trainables['z']?.data)).toEqual(new Set([step]));
      expect([latest?.skipped, best?.skipped]).toEqual([[], []]);
      expect([2, 3]).toContain(best?.checkpoint.state.step);
      for (const name of await names(folder)) expect(name).toMatch(/^(step-0000000[123]|best)\.safetensors$/);
      await checkpoints.save(syntheticCheckpoint(4, float32(new Float32Array(1))));
      expect(await names(folder)).toEqual(
        ['best.safetensors', 'step-00000003.safetensors', 'step-00000004.safetensors'].map((name) =>
          step === 2 ? name.replace('3', '2') : name,
        ),
      );
      seen.push(step);
    }
    expect(seen.length).toBeGreaterThan(15);
    // First only the old one, from the rename on only the new one.
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(new Set(seen)).toEqual(new Set([2, 3]));
  });
});

describe('a save that the system refuses: TRAIN_CANNOT_SAVE_CHECKPOINT', () => {
  const expectIntact = async (folder: string): Promise<void> => {
    const latest = await (await openCheckpoints(folder)).latest();
    expect(latest?.checkpoint.state.step).toBe(2);
    expect((await names(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  };

  it('at the limit on the size of files', async () => {
    const folder = await before();
    const limited = `trap '' XFSZ; ulimit -f 16; exec "$0" "$@"`;
    const { code, stderr } = await ended('sh', ['-c', limited, process.execPath, child, folder, '3', '0']);
    expect(code).toBe(1);
    expect(stderr).toContain('TRAIN_CANNOT_SAVE_CHECKPOINT');
    expect(stderr).toContain(`Cannot save checkpoint '${join(folder, 'step-00000003.safetensors')}': EFBIG`);
    expect(stderr).toContain(`The last one, '${join(folder, 'step-00000002.safetensors')}', is untouched.`);
    await expectIntact(folder);
  });

  it('in a folder that may only be read', async () => {
    const folder = await before();
    await chmod(folder, 0o555);
    // What root may do says nothing.
    const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const { code, stderr } = await ended(process.execPath, [child, folder, '3', '0'], nobody);
    await chmod(folder, 0o755);
    expect(code).toBe(1);
    expect(stderr).toMatch(/TRAIN_CANNOT_SAVE_CHECKPOINT[^]*EACCES|EACCES[^]*TRAIN_CANNOT_SAVE_CHECKPOINT/);
    expect(stderr).toContain('Make the folder writable, then resume the run.');
    await expectIntact(folder);
  });
});

it('many saves keep no memory', async () => {
  const program = await bundled('many-saves-child');
  const { code, stdout } = await ended(process.execPath, ['--expose-gc', program, await emptyFolder()]);
  expect(code).toBe(0);
  // Megabytes; checkpoints that were kept would be 80.
  expect(Number(stdout)).toBeLessThan(40);
});
