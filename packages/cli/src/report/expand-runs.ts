// Run folders from what a command line names: a run is itself, a folder of several seeds is its runs.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readSeedsFile } from '../run-folder/seeds-file.ts';
import { checkRun, type RunPlace } from './run-source.ts';

const seedsOf = async ({ folder, path }: RunPlace): Promise<readonly RunPlace[] | undefined> => {
  const seeds = await readSeedsFile(folder);
  // A seed whose turn has not come has no folder yet.
  return seeds?.folders
    .map((name) => ({ folder: join(folder, name), path: join(path, name) }))
    .filter((place) => existsSync(place.folder));
};

/**
 * Every run that `paths` name, each once. All of them are looked at before any is read.
 *
 * @throws CLI_NO_RUN, CLI_UNREADABLE_SEEDS_FILE
 */
export const expandRuns = async (base: string, paths: readonly string[]): Promise<readonly RunPlace[]> => {
  const places: RunPlace[] = [];
  for (const path of paths) {
    const place = { folder: resolve(base, path), path };
    places.push(...((await seedsOf(place)) ?? [place]));
  }
  for (const place of places) checkRun(place);
  return places.filter(({ folder }, index) => places.findIndex((other) => other.folder === folder) === index);
};
