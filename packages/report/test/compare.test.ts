// Comparisons: what is a group, what sets groups apart, what is tested and said.
import { compareRuns, type ComparedRun } from '@mapping-networks/report';
import { expect, it } from 'vitest';
import { compared } from './compared-run.ts';

const compare = (...runs: ComparedRun[]) => compareRuns({ title: 'Runs', runs });

const three = (config: Record<string, unknown>, scores: readonly number[]): ComparedRun[] =>
  scores.map((score, seed) => compared({ config, seed, score }));

const hadamard = { parameterization: { use: 'mapping', projection: { use: 'hadamard' } } };
const oneHot = { parameterization: { use: 'mapping', projection: { use: 'oneHot' } } };

it('runs that differ only in the seed are one group: mean, deviation, n', () => {
  const { groups } = compare(...three(hadamard, [0.8, 0.82, 0.84]), ...three(oneHot, [0.7, 0.7, 0.71]));
  expect(groups.map(({ letter, label, n }) => [letter, label, n])).toEqual([
    ['A', 'projection hadamard', 3],
    ['B', 'projection oneHot', 3],
  ]);
  expect(groups[0]?.figures['test accuracy']?.mean).toBeCloseTo(0.82, 12);
  expect(groups[0]?.figures['test accuracy']?.deviation).toBeCloseTo(0.02, 12);
  expect(groups[0]?.options).toEqual({ projection: 'hadamard' });
});

it('what is equal is shared and no column; the seed of the run is neither', () => {
  const { shared, groups } = compare(...three(hadamard, [0.8, 0.9]), ...three(oneHot, [0.8, 0.9]));
  expect(shared).toContainEqual({ path: 'target', value: 'mlp' });
  expect(shared).toContainEqual({ path: 'target.hidden', value: '[64, 32]' });
  expect(shared.map(({ path }) => path)).not.toContain('seed');
  expect(Object.keys(groups[0]?.options ?? {})).toEqual(['projection']);
});

it('another plugin brings its own options: they are no differences of their own', () => {
  const direct = { parameterization: { use: 'direct' } };
  const { groups } = compare(...three(hadamard, [0.8]), ...three(direct, [0.9]));
  expect(groups.map(({ options }) => options)).toEqual([
    { parameterization: 'mapping' },
    { parameterization: 'direct' },
  ]);
});

it('an option that one run has and its like lacks is a difference', () => {
  const tanh = {
    parameterization: { use: 'mapping', projection: { use: 'hadamard' }, activation: { type: 'tanh' } },
  };
  const { groups } = compare(...three(hadamard, [0.8]), ...three(tanh, [0.9]));
  expect(groups.map(({ label }) => label)).toEqual(['type –', 'type tanh']);
});

it('paths are shortened only where that is unambiguous', () => {
  const seeded = (seed: number) => ({ dataset: { use: 'glyphs', seed } });
  const { groups } = compare(...three(seeded(0), [0.8]), ...three(seeded(1), [0.8]));
  expect(groups.map(({ label }) => label)).toEqual(['dataset.seed 0', 'dataset.seed 1']);
});

it('says in words which is better, by how much, by which test', () => {
  const { tests } = compare(...three(hadamard, [0.9, 0.91, 0.92]), ...three(oneHot, [0.8, 0.82, 0.81]));
  const [validation, test] = tests;
  expect(validation?.split).toBe('validation');
  // scipy.stats.ttest_ind([90, 91, 92], [80, 82, 81], equal_var=False): p = 0.000257…, 95 % of the difference ± 2.267
  expect(test?.words).toBe(
    'A (projection hadamard) is better than B (projection oneHot) by 10.00 ± 2.27 points in accuracy on test ' +
      '(Welch, p = 0.0003; paired by seed, p = 0.003; 3 seeds each).',
  );
  expect(test?.paired?.seeds).toBe(3);
});

it('the metric says which way is better', () => {
  const runs = [...three(hadamard, [0.9, 0.91, 0.92]), ...three(oneHot, [0.8, 0.82, 0.81])].map((run) => ({
    ...run,
    metric: { name: 'accuracy', better: 'lower' as const },
  }));
  expect(compare(...runs).tests[0]?.words).toMatch(/^B \(projection oneHot\) is better than A/);
});

it('a difference that chance explains is not called better', () => {
  const { tests } = compare(...three(hadamard, [0.9, 0.8, 0.7]), ...three(oneHot, [0.78, 0.82, 0.85]));
  expect(tests[0]?.words).toContain('cannot be told apart');
});

it('several pairs are adjusted by Holm', () => {
  const dense = { parameterization: { use: 'mapping', projection: { use: 'dense' } } };
  const { tests } = compare(
    ...three(hadamard, [0.9, 0.91, 0.92]),
    ...three(oneHot, [0.8, 0.82, 0.81]),
    ...three(dense, [0.85, 0.84, 0.87]),
  );
  const ofTest = tests.filter(({ split }) => split === 'test');
  expect(ofTest).toHaveLength(3);
  const ps = ofTest.map(({ welch }) => welch?.p ?? 0);
  const least = ofTest[ps.indexOf(Math.min(...ps))];
  expect(least?.welch?.adjusted).toBeCloseTo(3 * Math.min(...ps), 12);
  expect(least?.words).toContain('after Holm');
});

it('seeds that only one group has do not enter the paired test', () => {
  const others = three(oneHot, [0.8, 0.82, 0.81, 0.83]).slice(1);
  const { tests } = compare(...three(hadamard, [0.9, 0.91, 0.93]), ...others);
  expect(tests[0]?.paired?.seeds).toBe(2);
  expect(tests[0]?.paired?.degrees).toBe(1);
});

it('one seed: nothing is said about significance', () => {
  const { tests, notes } = compare(...three(hadamard, [0.9]), ...three(oneHot, [0.8]));
  expect(tests).toEqual([]);
  expect(notes.join()).toContain('No configuration has two finished seeds');
});

it('numbers without scatter are not tested, and said to be so', () => {
  const same = compare(...three(hadamard, [0.9, 0.9, 0.9]), ...three(oneHot, [0.9, 0.9, 0.9]));
  expect(same.tests[0]?.words).toContain('the same accuracy on validation in every run');
  expect(same.tests[0]).not.toHaveProperty('welch');
  const apart = compare(...three(hadamard, [0.9, 0.9]), ...three(oneHot, [0.8, 0.8]));
  expect(apart.tests[0]?.words).toContain('neither scatters');
});

it('an unfinished run is shown, but counts nowhere', () => {
  const open = { ...compared({ config: hadamard, seed: 3, score: 0.1 }), unfinished: 'step 7' };
  const { groups, notes } = compare(...three(hadamard, [0.9, 0.92]), open);
  expect(groups[0]?.n).toBe(2);
  expect(groups[0]?.runs).toHaveLength(3);
  expect(groups[0]?.figures['test accuracy']?.mean).toBeCloseTo(0.91, 12);
  expect(notes.join()).toContain('seed-3 (step 7)');
});

it('a run of the same config and seed is no repetition', () => {
  const { groups, notes } = compare(...three(hadamard, [0.9, 0.92]), ...three(hadamard, [0.9]));
  expect(groups[0]?.n).toBe(2);
  expect(notes.join()).toContain('no repetition that counts: seed-0');
});

it('scores on different data are not compared, and said not to be', () => {
  const digits = three({ dataset: { use: 'mnist' } }, [0.9, 0.95, 0.97]).map((run) => ({
    ...run,
    dataset: { name: 'mnist', title: 'MNIST', task: 'classification' as const },
  }));
  const { tests, notes } = compare(...three({}, [0.8, 0.82]), ...digits);
  expect(tests).toEqual([]);
  expect(notes[0]).toContain('A: Glyphs (classification, accuracy); B: MNIST (classification, accuracy)');
});

it('other options of the same dataset, and other losses, are said', () => {
  const { notes } = compare(
    ...three({ dataset: { use: 'glyphs', train: 100 } }, [0.8, 0.9]),
    ...three({ dataset: { use: 'glyphs', train: 200 }, loss: { use: 'mse' } }, [0.8, 0.9]),
  );
  expect(notes.join()).toContain('a difference of scores may come from the data');
  expect(notes.join()).toContain('their values need not be on one scale');
});

it('is plain data', () => {
  const comparison = compare(...three(hadamard, [0.9, 0.92]), ...three(oneHot, [0.8, 0.9]));
  expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison);
});

it('says which groups have no score on validation', () => {
  const without = (run: ComparedRun): ComparedRun => {
    const { validation: _, ...scores } = run.scores;
    return { ...run, scores };
  };
  const [a, b] = [three(hadamard, [0.9, 0.91]), three(oneHot, [0.8, 0.81])];
  const words = (...runs: ComparedRun[]): string => compare(...runs).notes.join();
  expect(words(...a, ...b)).not.toContain('on validation');
  expect(words(...a, ...b.map(without))).toContain('B has no score on validation');
  expect(words(...[...a, ...b].map(without))).toContain('No run has a score on validation');
  expect(words(...a.map(without))).not.toContain('on validation');
});
