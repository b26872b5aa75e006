// The pages in the repository are what the scripts make of the results beside them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { experiments } from '../src/experiments/all.ts';
import { withHeadline } from '../src/page/headline.ts';
import { paperSection } from '../src/page/paper-section.ts';
import { placesOf } from '../src/page/places.ts';
import { readPage } from '../src/page/read-page.ts';
import { median, percentText, spreadOf } from '../src/page/summary.ts';
import { identityOf } from '../src/results/identity.ts';
import { readSeedResult, type SeedResult } from '../src/results/seed-result.ts';
import { seedStatus, statusOf, type ExperimentStatus } from '../src/results/status.ts';
import { benches } from '../src/tuning/benches.ts';
import { tuningPage } from '../src/tuning/page.ts';
import { sweeps } from '../src/tuning/sweeps.ts';

const root = join(import.meta.dirname, '..');

describe('the pages', () => {
  it('README.md is up to date (npm run reproduce -- --table)', async () => {
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toBe(await readPage(root, experiments));
  });

  it('the table of the README is up to date (npm run reproduce -- --table)', async () => {
    const readme = readFileSync(join(root, '../README.md'), 'utf8');
    expect(readme).toBe(withHeadline(readme, await statusOf(experiments, join(root, 'results'))));
  });

  it('a README without the marks of the table is refused', () => {
    expect(() => withHeadline('# Title', [])).toThrow("Expected the lines '<!-- results");
  });

  it('tuning/README.md is up to date (npm run tune -- --table)', async () => {
    const folder = join(root, 'tuning');
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe(await tuningPage(folder, sweeps));
  });

  it('every result belongs to a seed of an experiment', () => {
    const results = join(root, 'results');
    for (const name of readdirSync(results)) {
      const experiment = experiments.find((each) => each.name === name);
      const known = experiment?.seeds.map((seed) => `seed-${seed}.json`);
      expect(known, name).toEqual(expect.arrayContaining(readdirSync(join(results, name))));
    }
  });

  it('every sweep names benches that exist', () => {
    for (const sweep of sweeps)
      expect(Object.keys(benches)).toEqual(expect.arrayContaining([...sweep.benches]));
  });
});

describe('numbers', () => {
  it('has the sample standard deviation', () => {
    expect(spreadOf([1, 2, 4]).std).toBeCloseTo(Math.sqrt(7 / 3), 12);
    expect(spreadOf([1, 2, 4]).mean).toBeCloseTo(7 / 3, 12);
    expect(spreadOf([5])).toEqual({ mean: 5, std: undefined });
  });

  it('writes shares in per cent', () => {
    expect(percentText([0.88, 0.882])).toBe('88.10 ± 0.14');
    expect(percentText([0.88])).toBe('88.00');
    expect(percentText([])).toBe('–');
  });

  it('has the middle of three', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([])).toBeUndefined();
  });
});

describe('a row', async () => {
  const kept = await readSeedResult(join(root, 'results'), 'short-fashion-mnist-cnn2-slvt-2048', 0);
  if (!kept) throw new Error('Expected a result to begin with.');
  const config = { target: 'mlp', dataset: 'glyphs', latentDim: 32 };
  const identity = identityOf(config);
  const published = { paper: 91.88, paperElsewhere: 92, reproduction: 86.82 };
  const run = (seed: number, accuracy: number, more: Partial<SeedResult> = {}): SeedResult => ({
    ...kept,
    ...identity,
    seed,
    test: { loss: 1, accuracy },
    seconds: 100 + seed,
    engine: seed === 0 ? 'wasm' : 'cpu',
    ...more,
  });
  const rowOf = (results: readonly (SeedResult | undefined)[]): string => {
    const seeds = new Map(results.map((result, seed) => [seed, seedStatus(result, identity)]));
    const experiment = { name: 'row', config: { ...config, epochs: 4 }, seeds: [0, 1, 2], published };
    const status: ExperimentStatus = { experiment, identity, seeds };
    return paperSection([status], placesOf(results.flatMap((result) => result ?? [])));
  };

  it('holds published figures, mean and spread, the median time, and where', () => {
    expect(rowOf([run(0, 0.88), run(1, 0.89), run(2, 0.9)])).toMatch(
      /\| \[row\]\(results\/row\) \| 4 \| 91\.88 or 92\.00 \| 86\.82 \| 89\.00 ± 1\.00 \| 3 \| .* \| 101 \| a, b \|/,
    );
  });

  it('says which seeds are missing', () => {
    expect(rowOf([run(0, 0.88), undefined, undefined])).toContain('| 86.82 | 88.00 | 1 of 3 |');
    expect(rowOf([undefined, undefined, undefined])).toContain(
      '| row | 4 | 91.88 or 92.00 | 86.82 | – | 0 of 3 |',
    );
  });

  it('marks results of another config, and leaves them out beside those of the present one', () => {
    const old = { ...identityOf({ ...config, learningRate: 0.1 }) };
    const page = rowOf([run(0, 0.88, old), undefined, undefined]);
    expect(page).toContain('| 88.00 † | 1 of 3 |');
    expect(page).toContain('† Trained before its config changed: learningRate was 0.1, is 0.15.');
    expect(rowOf([run(0, 0.5, old), run(1, 0.9), undefined])).toContain('| 90.00 | 1 of 3 |');
  });
});
