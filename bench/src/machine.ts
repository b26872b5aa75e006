// Where a run was measured.
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import type { Machine } from './results.ts';

/** Processes beside ours that leave a comparison fair: PyTorch's threads wait for each other at every operation. */
const MOST_LOAD = 0.5;

/** Whether other work on the machine makes its ratios worthless. */
export const isBusy = ({ load }: Machine): boolean => load > MOST_LOAD;

/** @param torch the version of PyTorch, or undefined where there is none */
export const machineOf = (torch: string | undefined): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 1e9),
  node: process.versions.node,
  platform: `${process.platform} ${process.arch}`,
  load: Number((loadavg()[0] ?? 0).toFixed(2)),
  torch: torch ?? 'none',
});
