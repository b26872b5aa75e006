// Runs that were cut short, within this process: a callback fails at a step, as abruptly as the code around it can end.
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readRunLog } from '../src/run-log/read-log.ts';
import { emptyFolder, here, type Finished } from './mapnet.ts';
import { bits, thirty } from './run-bits.ts';

/** A callback that fails at the step that the environment names. */
const breaker = `
  const on = (event) => {
    if (event.type === 'step' && String(event.step) === process.env.BREAK_AT) throw new Error('broken');
  };
  export default { callbacks: [{ kind: 'callback', name: 'breaker', options: {}, impl: { on } }] };`;

let folder: string;
beforeEach(async () => {
  folder = await emptyFolder();
  await writeFile(join(folder, 'mapnet.config.mjs'), breaker);
});

const broken = async (at: number, ...args: readonly string[]): Promise<Finished> => {
  process.env['BREAK_AT'] = String(at);
  try {
    return await here(folder, ...args);
  } finally {
    delete process.env['BREAK_AT'];
  }
};

const train = (...more: readonly string[]): readonly string[] => [
  'train',
  ...thirty,
  '--out',
  'run',
  ...more,
];

let expected: unknown;
beforeAll(async () => {
  const alone = await emptyFolder();
  await here(alone, ...train());
  expected = await bits(join(alone, 'run'));
});

const checkpoints = async (): Promise<readonly string[]> =>
  (await readdir(join(folder, 'run', 'checkpoints'))).toSorted();

describe('mapnet resume', () => {
  it('goes on from the newest checkpoint to the bits of a run that was left alone', async () => {
    const failed = await broken(15, ...train());
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('broken') as string });
    expect(await checkpoints()).toContain('step-00000012.safetensors');
    const resumed = await here(folder, 'resume', 'run', '--json');
    expect(resumed.stderr).toContain('resuming run from step 12 (epoch 2, ');
    expect(resumed.stderr).not.toContain('elsewhere');
    expect(resumed.code).toBe(0);
    expect(await bits(join(folder, 'run'))).toEqual(expected);
    expect(JSON.parse(resumed.stdout)).toMatchObject({ run: 'run', epochs: 3, ended: 'completed' });
    const log = await readRunLog(join(folder, 'run'));
    expect(log.map(({ step }) => step)).toEqual(Array.from({ length: 31 }, (_, i) => i));
  });

  it('starts at step 0 where there is no checkpoint yet', async () => {
    await broken(3, ...train());
    const { stdout } = await here(folder, 'resume', 'run');
    expect(stdout).toContain('run was cut short before its first checkpoint: starting at step 0\n');
    expect(await bits(join(folder, 'run'))).toEqual(expected);
  });

  it('says when it goes on with other programs or on another machine, whose last digits may differ', async () => {
    await broken(15, ...train());
    const plan = join(folder, 'run', 'run.json');
    const text = await readFile(plan, 'utf8');
    await writeFile(plan, text.replace(process.version, 'v20.0.1').replace(/"engine": "eager/, '$&\\u0007'));
    const { stdout } = await here(folder, 'resume', 'run');
    expect(stdout).toContain(`run began elsewhere (Node.js was v20.0.1, is ${process.version}; engine was `);
    expect(stdout).not.toContain('\u0007');
    expect(await bits(join(folder, 'run'))).toEqual(expected);
  });

  it('falls back to the checkpoint before a damaged one, and says so', async () => {
    await broken(19, ...train());
    const newest = join(folder, 'run', 'checkpoints', 'step-00000016.safetensors');
    const bytes = await readFile(newest);
    bytes[bytes.length - 7] = (bytes[bytes.length - 7] ?? 0) ^ 1;
    await writeFile(newest, bytes);
    const { stdout } = await here(folder, 'resume', 'run');
    expect(stdout).toContain('skipping the damaged checkpoint step-00000016.safetensors: ');
    expect(stdout).toContain('resuming run from step 12 ');
    expect(await bits(join(folder, 'run'))).toEqual(expected);
  });

  it('says which checkpoints there are when all are damaged, and leaves them', async () => {
    await broken(19, ...train());
    const names = await checkpoints();
    for (const name of names) await writeFile(join(folder, 'run', 'checkpoints', name), 'nothing');
    const { code, stderr } = await here(folder, 'resume', 'run');
    expect(code).toBe(1);
    for (const name of names) expect(stderr).toContain(name);
    expect(stderr).toContain('TRAIN_NO_GOOD_CHECKPOINT');
    expect(await checkpoints()).toEqual(names);
  });

  it('leaves a finished run as it is', async () => {
    await here(folder, ...train());
    const before = await bits(join(folder, 'run'));
    const { code, stdout, stderr } = await here(folder, 'resume', 'run', '--json');
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^run is finished: there is nothing to resume\n/) as string,
    });
    const { result } = JSON.parse(await readFile(join(folder, 'run', 'record.json'), 'utf8')) as {
      result: object;
    };
    expect(JSON.parse(stdout)).toEqual(result);
    expect(await bits(join(folder, 'run'))).toEqual(before);
  });

  it.each([
    ['its record', ['record.json']],
    ['its network', ['record.json', 'config.json', 'latent.safetensors']],
    ['half of its network', ['record.json', 'config.json']],
  ])('writes what a kill during the final writes has left out: %s', async (_, missing) => {
    await here(folder, ...train());
    for (const name of missing) await rm(join(folder, 'run', name));
    const { stdout } = await here(folder, 'resume', 'run');
    expect(stdout).toContain('resuming run from step 30 ');
    expect(await bits(join(folder, 'run'))).toEqual(expected);
  });

  it('goes on wherever the folder was moved to', async () => {
    await broken(15, ...train());
    await rename(join(folder, 'run'), join(folder, 'moved run'));
    const { code, stdout } = await here(folder, 'resume', 'moved run');
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('moved run') as string,
    });
    expect(await bits(join(folder, 'moved run'))).toEqual(expected);
  });

  it('refuses what is no run, or none that can be resumed, in words', async () => {
    const words = async (run: string): Promise<string> => {
      const { code, stderr } = await here(folder, 'resume', run);
      expect(code).toBe(1);
      return stderr;
    };
    expect(await words('nowhere')).toContain("'nowhere' is not a run folder");
    expect(await words('.')).toContain("'.' is not a run folder");
    await here(folder, ...train());
    await rm(join(folder, 'run', 'run.json'));
    expect(await words('run')).toContain('finished run without run.json');
    await rm(join(folder, 'run', 'record.json'));
    expect(await words('run')).toContain('it holds a network, and no run.json');
    await writeFile(join(folder, 'run', 'run.json'), '{}');
    expect(await words('run')).toContain("Cannot read '");
    expect(await words('run')).toContain('CLI_UNREADABLE_RUN_FILE');
  });

  it('refuses a checkpoint of another run', async () => {
    await broken(15, ...train());
    const path = join(folder, 'run', 'run.json');
    await writeFile(
      path,
      (await readFile(path, 'utf8')).replace(
        '"seed": 0,\n    "validateEvery"',
        '"seed": 1,\n    "validateEvery"',
      ),
    );
    const { code, stderr } = await here(folder, 'resume', 'run');
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('TRAIN_FOREIGN_CHECKPOINT') as string,
    });
    expect(await checkpoints()).toContain('step-00000012.safetensors');
  });

  it('refuses a config that does not hold, as a file that cannot be read', async () => {
    await broken(15, ...train());
    const path = join(folder, 'run', 'run.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace('"epochs": 3', '"epochs": -3'));
    const { stderr } = await here(folder, 'resume', 'run');
    expect(stderr).toContain("Cannot read 'run/run.json' as the plan of a run");
    expect(stderr).toContain('epochs');
  });
});

describe('a config file with code', () => {
  it('is named in the command that resumes, and by an error without it', async () => {
    await rename(join(folder, 'mapnet.config.mjs'), join(folder, 'own.mjs'));
    expect((await broken(15, ...train('--config', 'own.mjs'))).stderr).toContain('broken');
    const lost = await here(folder, 'resume', 'run');
    expect(lost.code).toBe(1);
    expect(lost.stderr).toContain("There is no callback 'breaker'");
    expect(lost.stderr).toContain('CLI_UNKNOWN_PLUGIN');
    expect(lost.stderr).toContain("'../own.mjs' as seen from there: name it with --config");
    expect((await here(folder, 'resume', 'run', '--config', 'own.mjs')).code).toBe(0);
    expect(await bits(join(folder, 'run'))).toEqual(expected);
  });

  it('is never run because a run folder names it', async () => {
    await broken(15, ...train());
    await writeFile(join(folder, 'run', 'evil.mjs'), 'globalThis.wasRun = true; export default {};');
    const path = join(folder, 'run', 'run.json');
    const plan = JSON.parse(await readFile(path, 'utf8')) as object;
    await writeFile(path, JSON.stringify({ ...plan, configFile: 'evil.mjs' }));
    expect((await here(folder, 'resume', 'run')).code).toBe(0);
    expect('wasRun' in globalThis).toBe(false);
  });
});

describe('mapnet train over a run', () => {
  it('that was cut short asks for resume, or for --force', async () => {
    await broken(15, ...train());
    const { code, stderr } = await here(folder, ...train());
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('mapnet resume run') as string,
    });
  });

  it('leaves it whole until the new one has taken its first step', async () => {
    await broken(15, ...train());
    const before = await checkpoints();
    const wrong = await here(folder, ...train('--force', '--set', 'target.classes=3'));
    expect(wrong).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('TRAIN_TOO_FEW_OUTPUTS') as string,
    });
    expect(await checkpoints()).toEqual(before);
    expect((await here(folder, 'resume', 'run')).code).toBe(0);
    expect(await bits(join(folder, 'run'))).toEqual(expected);
  });

  it('leaves nothing of it then', async () => {
    await here(folder, ...train());
    const failed = await broken(2, ...train('--force', '--seed', '1'));
    expect(failed.code).toBe(1);
    expect((await readdir(join(folder, 'run'))).toSorted()).toEqual(['checkpoints', 'log.jsonl', 'run.json']);
    expect(await checkpoints()).toEqual([]);
    expect((await here(folder, 'eval', 'run')).stderr).toContain('its network has not been saved yet');
    expect((await here(folder, 'info', 'run')).stderr).toContain('mapnet resume run');
  });

  it('leaves no folder behind when nothing came of it', async () => {
    const { code } = await here(folder, ...train('--out', 'a/b/c', '--set', 'target.classes=3'));
    expect(code).toBe(1);
    expect(await readdir(folder)).toEqual(['mapnet.config.mjs']);
  });
});

describe('mapnet eval', () => {
  it('measures a checkpoint, with the options that the run has', async () => {
    await broken(15, ...train());
    const read = async (which: string): Promise<unknown> =>
      JSON.parse((await here(folder, 'eval', 'run', '--checkpoint', which, '--json')).stdout);
    expect(await read('latest')).toMatchObject({ checkpoint: 'latest', step: 12, examples: 20 });
    expect(await read('best')).toMatchObject({ checkpoint: 'best', step: 10, examples: 20 });
    expect((await here(folder, 'eval', 'run', '--checkpoint', 'latest')).stdout).toMatch(
      /^Glyphs, test split \(20 examples\), checkpoint of step 12: loss /,
    );
    await here(folder, 'resume', 'run');
    const { stdout } = await here(folder, 'eval', 'run', '--checkpoint', 'latest', '--json');
    const whole = await here(folder, 'eval', 'run', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      scores: (JSON.parse(whole.stdout) as { scores: object }).scores,
    });
  });

  it('says that there is none', async () => {
    await broken(3, ...train());
    const { code, stderr } = await here(folder, 'eval', 'run', '--checkpoint', 'best');
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('CLI_NO_CHECKPOINT') as string,
    });
  });
});
