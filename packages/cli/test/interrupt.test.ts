// Ctrl-C and SIGTERM must end a run in good order: what was learnt so far is kept, the message says how to go on, the
// exit code that it was not the end, and going on comes to the same bits.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptyFolder, here, mapnet, small, type Finished } from './mapnet.ts';

/** A run that is interrupted in its second epoch or soon after. */
const interrupted = async (
  folder: string,
  signal: NodeJS.Signals,
  args: readonly string[],
): Promise<Finished> => {
  let sent = false;
  const finished = await mapnet(folder, args, (child, text) => {
    if (!sent && text.includes('epoch 2/')) sent = child.kill(signal);
  });
  expect(sent).toBe(true);
  return finished;
};

const many = ['train', ...small, '--engine', 'cpu', '--set', 'dataset.train=1000', '--epochs', '9'];

/** A run that is left alone. */
let alone: { readonly said: unknown; readonly latent: Buffer };
beforeAll(async () => {
  const folder = await emptyFolder();
  const { stdout } = await here(folder, ...many, '--out', 'alone', '--json');
  alone = { said: saidIn(stdout), latent: await readFile(join(folder, 'alone', 'latent.safetensors')) };
});

const saidIn = (stdout: string): unknown => {
  const { run: _run, seconds: _seconds, ...rest } = JSON.parse(stdout) as Record<string, unknown>;
  return rest;
};

describe('a run that is interrupted', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    'by %s keeps its network and its checkpoint, and goes on to the same bits',
    async (signal, code) => {
      const folder = await emptyFolder();
      // What is written over leaves nothing: neither its record nor its checkpoints.
      expect((await here(folder, 'train', ...small, '--out', 'run', '--checkpoint-every', '1')).code).toBe(0);
      const stopped = await interrupted(folder, signal, [...many, '--out', 'run', '--force']);
      expect(stopped).toMatchObject({
        code,
        stderr: expect.stringMatching(
          /^interrupted after step \d+; its checkpoint and the network as it was then are in run\ngo on with: mapnet resume run\n$/,
        ) as string,
      });
      expect(stopped.stdout).not.toContain('saved in');
      expect((await readdir(join(folder, 'run'))).toSorted()).toEqual([
        'checkpoints',
        'config.json',
        'latent.safetensors',
        'log.jsonl',
        'run.json',
      ]);
      const step = Number(/step (\d+)/.exec(stopped.stderr)?.[1]);
      expect(await readdir(join(folder, 'run', 'checkpoints'))).toContain(
        `step-${String(step).padStart(8, '0')}.safetensors`,
      );
      // Measured on the dataset that it was trained on, options included.
      const measured = await here(folder, 'eval', 'run', '--split', 'train', '--json');
      expect(JSON.parse(measured.stdout)).toMatchObject({ examples: 1000 });
      expect(measured.stderr).toBe('');
      expect((await here(folder, 'info', 'run')).stdout).toMatch(
        /^training +not finished; go on with: mapnet resume run$/m,
      );

      const resumed = await here(folder, 'resume', 'run', '--json');
      expect(resumed.stderr).toMatch(
        new RegExp(`^resuming run from step ${step} \\(epoch \\d, .* so far\\)\n`),
      );
      expect(saidIn(resumed.stdout)).toEqual(alone.said);
      const latent = await readFile(join(folder, 'run', 'latent.safetensors'));
      expect(latent.equals(alone.latent)).toBe(true);
    },
  );

  it('by a second Ctrl-C ends at once', async () => {
    const folder = await emptyFolder();
    // Stays in its last event, so that the second signal comes while the first one is being heeded.
    await writeFile(
      join(folder, 'mapnet.config.mjs'),
      `const on = async (event) => {
        if (event.type !== 'end') return;
        process.stdout.write('ending\\n');
        await new Promise((resolve) => setTimeout(resolve, 50_000));
      };
      export default { callbacks: [{ kind: 'callback', name: 'slow', options: {}, impl: { on } }] };`,
    );
    const heard: string[] = [];
    const { code } = await mapnet(folder, [...many, '--out', 'run'], (child, text) => {
      for (const words of ['epoch 2/', 'ending'])
        if (text.includes(words) && !heard.includes(words) && child.kill('SIGINT')) heard.push(words);
    });
    expect({ code, heard }).toEqual({ code: null, heard: ['epoch 2/', 'ending'] });
    expect(await readdir(join(folder, 'run'))).toContain('checkpoints');
  });
});
