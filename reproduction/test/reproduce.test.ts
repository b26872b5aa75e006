// The command, on a tiny experiment: trained, cut short and taken up, skipped, refused.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reproduce } from '../src/command/reproduce-command.ts';
import type { Experiment } from '../src/experiments/experiment.ts';
import { readSeedResult, resultPath } from '../src/results/seed-result.ts';
import { checkDisk } from '../src/training/checks.ts';

const root = mkdtempSync(join(tmpdir(), 'reproduce-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const tiny = (name: string, epochs: number): Experiment => ({
  name,
  seeds: [0, 1],
  config: {
    target: { use: 'mlp', hidden: [8] },
    dataset: { use: 'glyphs', train: 1280, validation: 50, test: 50 },
    latentDim: 32,
    epochs,
    checkpointEvery: 20,
  },
});

const short = tiny('short', 1);
const long = tiny('long', 60);

const run = async (
  args: readonly string[],
  experiments: readonly Experiment[] = [short, long],
): Promise<{ code: number; text: string }> => {
  const lines: string[] = [];
  const code = await reproduce(args, { experiments, root, say: (line) => lines.push(line) });
  return { code, text: lines.join('\n') };
};

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
};

describe('a run', () => {
  let first: { code: number; text: string };
  beforeAll(async () => {
    first = await run(['short', '--jobs', '2']);
  });

  it('trains every seed, several at a time, and writes result and table', async () => {
    expect(first.code, first.text).toBe(0);
    for (const seed of [0, 1]) {
      expect(first.text).toMatch(new RegExp(`^short, seed ${seed}: test \\d+\\.\\d\\d % after \\d+ s$`, 'm'));
      const result = await readSeedResult(join(root, 'results'), 'short', seed);
      expect(result).toMatchObject({ name: 'short', seed, trainables: 32, epochs: 1 });
      expect(result?.peakMb).toBeGreaterThan(50);
      expect(result?.engine).toBeTruthy();
      expect(result?.config).toMatchObject({ learningRate: 0.15 });
    }
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain('# Measured results');
  });

  it('is not trained again', async () => {
    const { code, text } = await run(['short']);
    expect(code).toBe(0);
    expect(text).toMatch(/^short, seed 0: done .*\nshort, seed 1: done .*$/);
  });

  it('that ended before its result was written is not trained again either', async () => {
    const path = resultPath(join(root, 'results'), 'short', 1);
    const before = JSON.parse(readFileSync(path, 'utf8'));
    rmSync(path);
    const { code, text } = await run(['--only', '^sh']);
    expect(code).toBe(0);
    expect(text).not.toContain('training on');
    const { peakMb, ...result } = before;
    expect(peakMb).toBeDefined();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(result);
  });

  it('with another config is missing, and what has changed is said', async () => {
    const changed = { ...short, config: { ...short.config, learningRate: 0.05 } };
    const { text } = await run(['--list'], [changed, long]);
    expect(text).toBe(
      [
        'short  seed 0 changed, seed 1 changed',
        '  learningRate was 0.15, is 0.05',
        'long   seed 0 missing, seed 1 missing',
      ].join('\n'),
    );
  });

  it('is trained anew when forced', async () => {
    const { code, text } = await run(['short', '--seeds', '0', '--force']);
    expect(code).toBe(0);
    expect(text).toContain('training on');
  });

  it('whose result is damaged is not passed over', async () => {
    const path = resultPath(join(root, 'results'), 'short', 0);
    const before = readFileSync(path, 'utf8');
    writeFileSync(path, before.slice(0, 100));
    await expect(run(['--list'])).rejects.toThrow(`Expected the result of a run in ${path}`);
    writeFileSync(path, before);
  });
});

describe('a network that is made smaller', () => {
  const smaller: Experiment = {
    ...short,
    name: 'short-prune',
    seeds: [0],
    compressed: { of: 'short', passes: [{ use: 'prune', sparsity: 0.5 }] },
  };

  it('comes from the run of another experiment, and what it became stands beside', async () => {
    const { code, text } = await run(['short-prune'], [short, smaller]);
    expect(code, text).toBe(0);
    expect(text).not.toContain('training on');
    const results = join(root, 'results');
    const [before, after] = [
      await readSeedResult(results, 'short', 0),
      await readSeedResult(results, 'short-prune', 0),
    ];
    expect(after?.test).toEqual(before?.test);
    expect(after?.fingerprint).toBe(before?.fingerprint);
    expect(after?.hash).not.toBe(before?.hash);
    expect(after?.passes).toMatchObject([{ use: 'prune', sparsity: 0.5, scope: 'global' }]);
    const { nonZero = 0, test } = after?.compressed ?? {};
    expect(nonZero).toBe((after?.targetParameters ?? 0) / 2);
    expect(test?.['accuracy']).toBeGreaterThanOrEqual(0);
  });

  it('is missing where its passes are others', async () => {
    const changed = { ...smaller, compressed: { of: 'short', passes: [{ use: 'prune', sparsity: 0.6 }] } };
    const { text } = await run(['--list'], [changed]);
    expect(text).toBe('short-prune  seed 0 changed\n  passes.0.sparsity was 0.5, is 0.6');
  });
});

describe('a run that is cut short', () => {
  it('ends in good order and goes on when the command is given again', async () => {
    const folder = join(root, 'runs', 'long');
    const begun = run(['long', '--seeds', '1']);
    const hasCheckpoint = (): boolean =>
      existsSync(folder) &&
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((path) => /checkpoints.*\d/.test(path));
    await until(hasCheckpoint);
    process.emit('SIGINT', 'SIGINT');
    const { code, text } = await begun;
    expect(code, text).toBe(130);
    expect(text).toContain('interrupted: 0 runs done, 1 left; the same command goes on with them');
    expect(existsSync(resultPath(join(root, 'results'), 'long', 1))).toBe(false);
    const again = await run(['long', '--seeds', '1']);
    expect(again.code, again.text).toBe(0);
    expect(again.text).toMatch(/resuming .* from step [1-9]/);
    expect(await readSeedResult(join(root, 'results'), 'long', 1)).toMatchObject({ seed: 1, epochs: 60 });
  });
});

describe('a command line that makes no sense', () => {
  it.each([
    [['unknown'], "There is no experiment 'unknown'"],
    [['--only', 'zzz'], 'whose name fits /zzz/'],
    [['--only', '('], '--only: expected a regular expression'],
    [['short', '--jobs', '0'], "--jobs: expected a whole number of at least 1, got '0'"],
    [['short', '--seeds', '0,x'], "--seeds: expected a whole number of at least 0, got 'x'"],
    [['--nonsense'], "Unknown option '--nonsense'"],
    [[], 'npm run reproduce -- --list'],
  ])('%j', async (args, expected) => {
    const { code, text } = await run(args);
    expect(code).toBe(2);
    expect(text).toContain(expected);
  });
});

it('a disk that is full is said before training', async () => {
  await expect(checkDisk(root, 2 ** 40)).rejects.toThrow(
    /Expected at least 1099511627776 MiB free .* found \d+\./,
  );
  await checkDisk(root, 1);
});

it('a run that fails is told of, and does not keep the others from being trained', async () => {
  const ended = { ...tiny('fails', 3), config: { ...long.config, timeLimit: 0.001 }, seeds: [0] };
  const { code, text } = await run(['--all', '--seeds', '0'], [ended, { ...short, name: 'other' }]);
  expect(code).toBe(1);
  expect(text).toContain('error: fails, seed 0: expected all epochs, got a run that ended early.');
  expect(text).toMatch(/^other, seed 0: test/m);
});
