// Which groups may be measured against each other: those with the same data, task and metric.
import type { SeedGroup } from './seed-groups.ts';

/** What scores must share to be compared. */
export const yardstick = ({ runs: [run] }: SeedGroup): string =>
  JSON.stringify([run?.dataset.name, run?.dataset.task, run?.metric?.name]);

/** The groups of each yardstick, in the order of their first. */
export const grounds = (groups: readonly SeedGroup[]): readonly (readonly SeedGroup[])[] =>
  [...new Set(groups.map(yardstick))].map((each) => groups.filter((group) => yardstick(group) === each));
