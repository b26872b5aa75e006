// What is looked at before hours of training: that there is room for a run, and that its data is whole.
import { pipelineFrom, registryOf, type AnyPlugin } from 'mapping-networks';
import { mkdir, statfs } from 'node:fs/promises';
import type { Json } from '../experiments/experiment.ts';

const MIB = 2 ** 20;

/** A run of the largest network keeps a few checkpoints of 7 MB and a log; the rest is for others. */
const NEEDED_MIB = 256;

/** @throws Error that says how much is free */
export const checkDisk = async (folder: string, neededMib: number = NEEDED_MIB): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  const freeMib = Math.floor((bavail * bsize) / MIB);
  if (freeMib >= neededMib) return;
  throw new Error(
    `Expected at least ${neededMib} MiB free for runs in ${folder}, found ${freeMib}. Make room and give the same ` +
      'command again: what has been trained is kept.',
  );
};

/** Loads every dataset of the configs once: a missing file is found, or downloaded, before the first run. */
export const checkData = async (
  configs: readonly Json[],
  say: (line: string) => void,
  signal: AbortSignal,
  plugins?: readonly AnyPlugin[],
): Promise<void> => {
  const distinct = new Map(configs.map((config) => [JSON.stringify(config['dataset']), config]));
  for (const config of distinct.values()) {
    signal.throwIfAborted();
    await pipelineFrom(config, registryOf(plugins)).load({ onProgress: say, signal });
  }
};
