// Several runs of one config that differ in their seed, each a run folder of its own below one folder.
import { pipelineFrom, type Pipeline } from 'mapping-networks';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../result.ts';
import { clearRun, sayCleared, type Cleared } from '../run-folder/clear-run.ts';
import { RECORD, RUN } from '../run-folder/files.ts';
import { readRecord } from '../run-folder/record-file.ts';
import { readSeedsFile, writeSeedsFile, type SeedsFile } from '../run-folder/seeds-file.ts';
import { say } from '../terminal.ts';
import { loadData } from '../training/load-data.ts';
import { locked } from '../training/locked.ts';
import { requireEngine } from '../training/require-engine.ts';
import { resumeRun, type ResumeSetting, type ResumeWish } from '../training/resume-run.ts';
import type { RunSetting } from '../training/setting.ts';
import { trainRun } from '../training/train-run.ts';
import { seedsResultOf, type SeedsResult } from './seeds-result.ts';

/** The same parts and settings with another seed. */
const withSeed = ({ parts, settings }: Pipeline, seed: number): Pipeline =>
  pipelineFrom({ ...parts, ...settings, seed });

const folderOf = (seed: number): string => `seed-${seed}`;

/** The setting of one of the runs. */
const settingOf = ({ made: _made, ...whole }: RunSetting, seed: number): RunSetting => ({
  ...whole,
  pipeline: withSeed(whole.pipeline, seed),
  folder: join(whole.folder, folderOf(seed)),
  path: join(whole.path, folderOf(seed)),
});

const sayWhich = ({ text, path }: Pick<RunSetting, 'text' | 'path'>, index: number, of: number): void =>
  say(text, `${index === 0 ? '' : '\n'}run ${index + 1} of ${of}: ${path}`);

/** Starts one of the runs from its first step. */
const beginOne = (setting: RunSetting, before?: () => Promise<void>): Promise<Result> =>
  locked(setting, async (lock) => {
    await loadData(setting, before === undefined);
    return trainRun(setting, { lock, ...(before && { before }) });
  });

/** What stood in the folder goes: a run, the runs of other seeds, and of those that are trained now; `ours` is locked. */
const clearSeeds = async (whole: RunSetting, seeds: readonly number[], ours: string): Promise<void> => {
  const before = (await readSeedsFile(whole.folder).catch(() => undefined))?.folders ?? [];
  const cleared: Cleared[] = [await clearRun(whole.folder)];
  for (const name of new Set([...before, ...seeds.map(folderOf)])) {
    const folder = join(whole.folder, name);
    if (!existsSync(folder)) continue;
    const clear = (): Promise<Cleared> => clearRun(folder);
    cleared.push(folder === ours ? await clear() : await locked({ ...whole, folder }, clear));
  }
  sayCleared(whole, `what was trained in ${whole.path}`, {
    run: cleared.some(({ run }) => run),
    exports: cleared.some(({ exports }) => exports),
  });
};

/**
 * Trains `count` runs whose seeds follow that of the pipeline. The folder is ours: see `locked`.
 *
 * @throws what `trainRun` throws; the runs that are done stay, and `resumeSeeds` goes on
 */
export const beginSeeds = async (whole: RunSetting, count: number): Promise<SeedsResult> => {
  const { pipeline, folder, path, keep, configFile } = whole;
  const seeds = Array.from({ length: count }, (_, i) => pipeline.settings.seed + i);
  const settings = seeds.map((seed) => settingOf(whole, seed));
  const write = async (): Promise<void> => {
    await clearSeeds(whole, seeds, settings[0]?.folder ?? '');
    await writeSeedsFile(folder, {
      seeds,
      folders: seeds.map(folderOf),
      config: { ...pipeline.record },
      ...(configFile === undefined ? {} : { configFile }),
      keep,
      started: new Date().toISOString(),
    });
  };
  const results: Result[] = [];
  for (const [index, setting] of settings.entries()) {
    sayWhich(setting, index, count);
    results.push(await beginOne(setting, index === 0 ? write : undefined));
  }
  return seedsResultOf(path, results);
};

/** Whether every run has a record; those at their time limit go on only then, or when they get more time. */
const allDone = (folder: string, { folders }: SeedsFile): boolean =>
  folders.every((name) => existsSync(join(folder, name, RECORD)));

/**
 * Completes what is missing: runs that were cut short go on, those that were never begun begin. The folder is ours.
 *
 * @throws what `trainRun` and `resumeRun` throw
 */
export const resumeSeeds = async (
  place: ResumeSetting,
  planned: SeedsFile,
  wish: ResumeWish,
): Promise<SeedsResult> => {
  const { folder, path, text } = place;
  const leaveTimed = wish.timeLimit === undefined && !allDone(folder, planned);
  const results: Result[] = [];
  for (const [index, name] of planned.folders.entries()) {
    const inner = { ...place, folder: join(folder, name), path: join(path, name) };
    sayWhich(inner, index, planned.folders.length);
    const seed = planned.seeds[index] ?? 0;
    const timed = leaveTimed ? await readRecord(inner.folder) : undefined;
    if (timed) {
      say(text, `${inner.path} is done`);
      results.push({ ...timed.result, run: inner.path });
    } else if (existsSync(join(inner.folder, RUN))) {
      results.push(await resumeRun(inner, wish));
    } else {
      const { keep, configFile, config } = planned;
      const limit = wish.timeLimit === undefined ? {} : { timeLimit: wish.timeLimit };
      const pipeline = withSeed(place.pipelineOf({ ...config, ...limit }), seed);
      const setting = { ...inner, pipeline, keep, configFile };
      await requireEngine(setting);
      results.push(await beginOne(setting));
    }
  }
  return seedsResultOf(path, results);
};
