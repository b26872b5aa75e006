// `mapnet report`: a run as a page, several compared. Every figure is held against the files that it comes from.
import { reportOf } from '@mapping-networks/cli';
import { loadBundle } from '@mapping-networks/core/node';
import { modelMap, modelTheta, registry } from 'mapping-networks';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptyFolder, here, small } from './mapnet.ts';

const firstRelease = fileURLToPath(new URL('golden/first-release/mlp-mapping', import.meta.url));

interface RecordFile {
  readonly result: {
    readonly trainables: number;
    readonly test: { readonly accuracy: number };
    readonly config: { readonly seed: number };
  };
  readonly history: readonly unknown[];
}

interface Printed {
  readonly groups: readonly {
    readonly label: string;
    readonly n: number;
    readonly runs: readonly { readonly name: string; readonly unfinished?: string }[];
    readonly figures: Readonly<Record<string, { readonly mean: number }>>;
  }[];
  readonly tests: readonly { readonly words: string; readonly paired?: { readonly seeds: number } }[];
  readonly notes: readonly string[];
}

const recordOf = async (folder: string): Promise<RecordFile> =>
  JSON.parse(await readFile(join(folder, 'record.json'), 'utf8')) as RecordFile;

const printed = (stdout: string): Printed => JSON.parse(stdout) as Printed;

let folder: string;
beforeAll(async () => {
  folder = await emptyFolder();
  const train = (out: string, ...more: string[]) => here(folder, 'train', ...small, '--out', out, ...more);
  await train('run', '--epochs', '2');
  await train('h1', '--seed', '1', '--epochs', '2');
  await train('o0', '--projection', 'oneHot', '--epochs', '2');
  await train('o1', '--projection', 'oneHot', '--seed', '1', '--epochs', '2');
});

/** A copy of the run with some of its files gone. */
const without = async (...files: readonly string[]): Promise<string> => {
  const copy = await emptyFolder();
  await cp(join(folder, 'run'), join(copy, 'run'), { recursive: true });
  for (const file of files) await rm(join(copy, 'run', file), { recursive: true });
  return copy;
};

describe('one run', () => {
  it('is gathered from its files', async () => {
    const path = join(folder, 'run');
    const [data, record, model] = [
      await reportOf(path),
      await recordOf(path),
      await loadBundle(path, registry()),
    ];
    expect(data.notices).toEqual([]);
    expect(data.epochs).toEqual(record.history);
    // 300 examples in batches of 50, two epochs.
    expect(data.steps.map(({ step }) => step)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(data.steps.map(({ epoch }) => epoch).at(-1)).toBe(2);
    expect(data.steps[5]?.epoch).toBe(1);
    // The latent of the last step is that of the bundle, that of step 0 the one that the seed gives.
    const map = modelMap(model);
    const start = map.init(record.result.config.seed);
    const { snapshots = [], of } = data.trajectory ?? {};
    expect(of).toBe(record.result.trainables);
    expect(snapshots[0]).toEqual({ step: 0, values: start['z']?.data });
    expect(snapshots.at(-1)).toEqual({ step: 12, values: model.trainables['z']?.data });
    // Weights by layer lie in θ one after another.
    const joined = (pick: 'trained' | 'initial'): number[] =>
      (data.layers ?? []).flatMap((layer) => [...(layer[pick] ?? [])]);
    expect(joined('trained')).toEqual([...modelTheta(model)]);
    expect(joined('initial')).toEqual([...map.generate(start)]);
  });

  it('predictions are those of the network: their accuracy is the recorded one', async () => {
    const path = join(folder, 'run');
    const { predictions } = await reportOf(path);
    if (predictions?.task !== 'classification') throw new Error('expected a classification');
    const { probabilities, labels, classes, picture } = predictions;
    expect([labels.length, classes.length, probabilities.length]).toEqual([60, 10, 600]);
    const right = Array.from(labels).filter((label, i) => {
      const row = probabilities.subarray(i * 10, (i + 1) * 10);
      return row.indexOf(Math.max(...row)) === label;
    });
    expect(right.length / 60).toBeCloseTo((await recordOf(path)).result.test.accuracy, 6);
    expect(picture?.(3)).toMatchObject({ width: 28, height: 28, channels: 1 });
  });

  it('leaves no tensors behind', async () => {
    await reportOf(join(folder, 'run'));
    const before = tf.memory().numTensors;
    await reportOf(join(folder, 'run'), { split: 'validation', engine: 'cpu' });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('becomes a page in its folder', async () => {
    const { code, stdout } = await here(folder, 'report', 'run');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'wrote run/report.html\n' });
    const page = await readFile(join(folder, 'run', 'report.html'), 'utf8');
    expect(page).toContain('<h1>mlp on Glyphs');
    expect(page).not.toMatch(/NaN|undefined|Infinity|https?:\/\/(?!github)/);
  });

  it('--json prints its figures, and writes a page only where --out says', async () => {
    await rm(join(folder, 'run', 'report.html'), { force: true });
    const { code, stdout, stderr } = await here(folder, 'report', 'run', '--json', '--split', 'validation');
    expect([code, stderr]).toEqual([0, '']);
    const { result } = await recordOf(join(folder, 'run'));
    expect(JSON.parse(stdout)).toMatchObject({
      run: 'run',
      trainables: result.trainables,
      scores: { test: result.test },
      predictions: { split: 'validation', examples: 60 },
      config: { seed: 0 },
    });
    expect(existsSync(join(folder, 'run', 'report.html'))).toBe(false);
    const both = await here(folder, 'report', 'run', '--json', '--out', 'page.html');
    expect(both.stderr).toBe('wrote page.html\n');
    expect(existsSync(join(folder, 'page.html'))).toBe(true);
  });

  it('of the first release, without a log, has a page too', async () => {
    const data = await reportOf(firstRelease);
    expect(data.steps).toEqual([]);
    expect(data.epochs).toHaveLength(2);
    expect(data).not.toHaveProperty('trajectory');
    expect(data.facts.find(({ label }) => label === 'Test accuracy')?.value).toBe('7.81 %');
  });

  it('that was killed is shown from its newest checkpoint', async () => {
    const copy = await without('record.json', 'config.json', 'latent.safetensors');
    const data = await reportOf(join(copy, 'run'), { path: 'run' });
    expect(data.notices).toEqual(['This run is not finished: step 12, 2 of 2 epochs done.']);
    expect(data.predictions?.split).toBe('test');
    expect(data.epochs).toHaveLength(2);
    const bare = await without('record.json', 'config.json', 'latent.safetensors', 'checkpoints');
    const { notices, layers, steps } = await reportOf(join(bare, 'run'));
    expect(notices?.[0]).toContain('there is no network to look at');
    expect(layers).toBeUndefined();
    expect(steps).toHaveLength(12);
  });

  it('whose newest checkpoint is damaged says so', async () => {
    const copy = await without('record.json', 'config.json', 'latent.safetensors', 'checkpoints');
    await mkdir(join(copy, 'run', 'checkpoints'));
    await writeFile(join(copy, 'run', 'checkpoints', 'step-00000012.safetensors'), 'torn');
    const { notices } = await reportOf(join(copy, 'run'));
    expect(notices?.[1]).toContain('step-00000012.safetensors');
  });

  it('that is a bundle alone is taken to be done, on its dataset with default options', async () => {
    const copy = await without('record.json', 'run.json', 'log.jsonl', 'checkpoints');
    // The default glyphs have thousands of examples: the data is not what is looked at here.
    const { notices, facts } = await reportOf(join(copy, 'run'));
    expect(notices?.[0]).toContain('no record of how its network was trained');
    expect(facts.map(({ label }) => label)).toContain('Test accuracy');
  });
});

describe('several runs', () => {
  it('are grouped by seed and compared', async () => {
    const { code, stdout } = await here(folder, 'report', 'run', 'h1', 'o0', 'o1', '--json');
    expect(code).toBe(0);
    const { groups, tests } = printed(stdout);
    expect(groups.map(({ label, n }) => [label, n])).toEqual([
      ['projection hadamard', 2],
      ['projection oneHot', 2],
    ]);
    const scores = await Promise.all(['run', 'h1'].map((name) => recordOf(join(folder, name))));
    const mean = scores.reduce((sum, { result }) => sum + result.test.accuracy / 2, 0);
    expect(groups[0]?.figures['test accuracy']?.mean).toBeCloseTo(mean, 12);
    expect(tests.length).toBe(2);
  });

  it('become a page, and the terminal says what it comes to', async () => {
    const { stdout } = await here(folder, 'report', 'run', 'h1', 'o0', 'o1');
    expect(stdout).toMatch(/projection hadamard.*accuracy on validation/);
    expect(stdout).toMatch(/wrote comparison\.html\n$/);
    const page = await readFile(join(folder, 'comparison.html'), 'utf8');
    expect(page).toContain('<h1>Comparison of 4 runs</h1>');
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('named twice count once; a folder of several seeds stands for its runs', async () => {
    const seeds = await emptyFolder();
    await here(seeds, 'train', ...small, '--seeds', '2', '--out', 'several');
    const { stdout } = await here(seeds, 'report', 'several', 'several/seed-0', './several', '--json');
    const { groups } = printed(stdout);
    expect(groups[0]?.runs.map(({ name }) => name)).toEqual(['several/seed-0', 'several/seed-1']);
    expect(groups[0]?.n).toBe(2);
  });

  it('one of them unfinished, one of the first release, one of an older config', async () => {
    const copy = await without('record.json', 'config.json', 'latent.safetensors');
    const { stdout } = await here(folder, 'report', 'run', join(copy, 'run'), firstRelease, '--json');
    const { groups, notes } = printed(stdout);
    expect(groups[0]?.runs.map(({ unfinished }) => unfinished)).toEqual([
      undefined,
      'not finished: step 12, 2 of 2 epochs done',
    ]);
    expect(groups[0]?.n).toBe(1);
    expect(notes.join()).toContain('left out of means and tests');
    expect(groups[1]?.n).toBe(1);
  });
});

describe('is refused', () => {
  it('CLI_NO_RUN: a folder that is none, before anything is written', async () => {
    await rm(join(folder, 'comparison.html'), { force: true });
    const { code, stderr, stdout } = await here(folder, 'report', 'run', 'nowhere');
    expect(code).toBe(1);
    expect(stderr).toContain("'nowhere' is not a run folder");
    expect(stdout).toBe('');
    expect(existsSync(join(folder, 'comparison.html'))).toBe(false);
  });

  it('CLI_UNWRITABLE_REPORT: a page in a folder that does not exist', async () => {
    const { code, stderr } = await here(folder, 'report', 'run', '--out', 'no/such/page.html');
    expect(code).toBe(1);
    expect(stderr).toContain("Cannot write the report to 'no/such/page.html'");
  });

  it('without a run, or with another split', async () => {
    expect((await here(folder, 'report')).code).toBe(2);
    expect((await here(folder, 'report', 'run', '--split', 'train')).code).toBe(2);
  });
});
