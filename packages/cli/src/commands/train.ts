// `mapnet train`: config and flags to a run folder.
import type { DatasetSplits, TrainEvent } from '@mapping-networks/core';
import { pipelineFrom, type Pipeline } from 'mapping-networks';
import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { missingFlags, trainConfig } from '../config/train-config.ts';
import type { TrainFlags } from '../config/train-flags.ts';
import { openWorkspace } from '../config/workspace.ts';
import { notEnough, splitNotScored } from '../errors.ts';
import { Interrupted } from '../interrupted.ts';
import { progress } from '../progress/progress.ts';
import { checkFree, saveRun, saveUnfinished } from '../run-folder.ts';
import { summaryLines } from '../summary.ts';
import { say, words, type OutputOptions, type Terminal } from '../terminal.ts';
import { asUsage } from '../usage-error.ts';

export interface TrainCommandOptions extends TrainFlags, OutputOptions {
  readonly config?: string | undefined;
  readonly set?: readonly string[] | undefined;
  readonly out?: string | undefined;
  readonly force?: true | undefined;
}

/** `runs/cnn2-glyphs-20250102-030405`. */
const defaultFolder = ({ record }: Pipeline, now: Date): string => {
  const stamp = now
    .toISOString()
    .replaceAll(/[-:]|\..*$/g, '')
    .replace('T', '-');
  return join('runs', `${record.target.use}-${record.dataset.use}-${stamp}`);
};

/** A signal that Ctrl-C aborts while `work` runs; a second Ctrl-C ends the process as usual. */
const interruptible = async <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const controller = new AbortController();
  const interrupt = (): void => controller.abort();
  process.once('SIGINT', interrupt);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', interrupt);
  }
};

/** Lets the event loop turn after each step: a run on a synchronous backend would never hear of Ctrl-C. */
const listening =
  (listen: (event: TrainEvent) => void) =>
  async (event: TrainEvent): Promise<void> => {
    listen(event);
    if (event.type === 'step') await setImmediate();
  };

/** A result has a score of every split: said before training, not after it. @throws CLI_SPLIT_NOT_SCORED */
const checkSplits = (data: DatasetSplits): void => {
  for (const split of ['train', 'validation', 'test'] as const) {
    if (data[split].size === 0) throw splitNotScored(split);
  }
};

/** @throws UsageError for a config that cannot be run, Interrupted on Ctrl-C, and what training throws */
export const train = async (options: TrainCommandOptions, terminal: Terminal): Promise<void> => {
  const { file, registry } = await openWorkspace(terminal, options.config);
  const pipeline = await asUsage(() => {
    const config = trainConfig(file?.config ?? {}, options, options.set ?? []);
    const missing = missingFlags(config);
    if (missing.length > 0) throw notEnough(missing, file?.path);
    return pipelineFrom(config, registry);
  });
  const run = options.out ?? defaultFolder(pipeline, new Date());
  const folder = resolve(terminal.folder, run);
  await asUsage(() => checkFree(folder, run, options.force === true));
  const text = words(terminal, options);
  const trained = await interruptible(async (signal) => {
    checkSplits(await pipeline.load({ signal, onProgress: (line) => say(text, line) }));
    return pipeline.train({ signal, onEvent: listening(progress(text)) });
  });
  if (trained.reason === 'aborted') {
    if (trained.steps === 0) throw new Interrupted('interrupted before the first step; nothing was saved');
    await saveUnfinished(folder, trained.model);
    throw new Interrupted(`interrupted after step ${trained.steps}; the network as it was then is in ${run}`);
  }
  const result = await saveRun(folder, pipeline.record, trained, run);
  for (const line of summaryLines(result)) say(text, line);
  if (options.json) say(terminal.stdout, JSON.stringify(result));
};
