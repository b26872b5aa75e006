// What a table of figures does not say of itself: which runs do not count, which scores stand on different ground.
import { optionsOf } from './config-paths.ts';
import { grounds } from './grounds.ts';
import type { SeedGroup } from './seed-groups.ts';

const letters = (groups: readonly SeedGroup[]): string => groups.map(({ letter }) => letter).join(', ');

const unfinished = (groups: readonly SeedGroup[]): string[] => {
  const open = groups.flatMap(({ runs }) => runs.filter((run) => run.unfinished !== undefined));
  if (open.length === 0) return [];
  const names = open.map(({ name, unfinished: how }) => `${name} (${how})`).join(', ');
  return [`Not finished, shown with what there is, and left out of means and tests: ${names}.`];
};

const repeated = (groups: readonly SeedGroup[]): string[] => {
  const twice = groups.flatMap(({ runs, repetitions }) =>
    runs.filter((run) => run.unfinished === undefined && !repetitions.includes(run)),
  );
  if (twice.length === 0) return [];
  const names = twice.map(({ name }) => name).join(', ');
  return [`Same config and seed as a run before it, so no repetition that counts: ${names}.`];
};

const foreign = (groups: readonly SeedGroup[]): string[] => {
  const separate = grounds(groups);
  if (separate.length < 2) return [];
  const each = separate.map((members) => {
    const run = members[0]?.runs[0];
    const metric = run?.metric ? `, ${run.metric.name}` : '';
    return `${letters(members)}: ${run?.dataset.title ?? ''} (${run?.dataset.task ?? ''}${metric})`;
  });
  return [`Scores are compared within the same dataset, task and metric only. ${each.join('; ')}.`];
};

/** Whether some of the options under `key` differ, though the plugin is the same. */
const differs = (groups: readonly SeedGroup[], key: string): boolean => {
  const texts = groups.map(({ runs: [run] }) =>
    JSON.stringify([...optionsOf(run?.config ?? {})].filter(([path]) => path.split('.')[0] === key)),
  );
  return new Set(texts).size > 1;
};

const sameGround = (groups: readonly SeedGroup[]): string[] =>
  grounds(groups).flatMap((members) => [
    ...(differs(members, 'dataset')
      ? [
          `The options of the dataset differ between ${letters(members)}: a difference of scores may come from the data.`,
        ]
      : []),
    ...(differs(members, 'loss')
      ? [`The losses differ between ${letters(members)}: their values need not be on one scale.`]
      : []),
  ]);

const single = (groups: readonly SeedGroup[]): string[] => {
  const alone = groups.filter(({ repetitions }) => repetitions.length < 2);
  if (alone.length === 0) return [];
  if (alone.length === groups.length && groups.length > 1)
    return [
      'No configuration has two finished seeds: whether they differ by more than chance cannot be said.',
    ];
  const [verb, pronoun] = alone.length === 1 ? ['has', 'it differs'] : ['have', 'they differ'];
  return [
    `${letters(alone)} ${verb} fewer than two finished seeds: whether ${pronoun} by more than chance cannot be said.`,
  ];
};

/** Where something would be called the best on validation, if it had been made. */
const unvalidated = (groups: readonly SeedGroup[]): string[] => {
  if (groups.length < 2 || grounds(groups).length > 1) return [];
  const without = groups.filter(
    ({ repetitions }) =>
      repetitions.length > 0 && repetitions.every(({ scores }) => scores.validation === undefined),
  );
  if (without.length === 0) return [];
  if (without.length === groups.length)
    return [
      'No run has a score on validation: none is called the best, because choosing by test is selection.',
    ];
  const verb = without.length === 1 ? 'has' : 'have';
  return [`${letters(without)} ${verb} no score on validation, and so no place among the best on it.`];
};

/** Sentences, the most important first. */
export const notesOf = (groups: readonly SeedGroup[]): readonly string[] =>
  [foreign, sameGround, unfinished, repeated, unvalidated, single].flatMap((note) => note(groups));
