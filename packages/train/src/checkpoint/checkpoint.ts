// All of a run at one step, as plain data, and what `train` writes it to. What a state is, says step/state.ts.
import type { EpochRecord, LossWarning } from '@mapping-networks/core';
import type { RunState } from '../step/state.ts';

/**
 * What makes a run this run, in clear: the specs of its parts, the settings that change its numbers, the sizes of the
 * splits and a hash of some examples. Plain JSON. Engine and callbacks are not in it, nor what only says when to end.
 */
export type RunFacts = Readonly<Record<string, unknown>>;

/** The state after the best validated epoch so far. */
export interface BestState {
  /** 1 for the first. */
  readonly epoch: number;
  readonly state: RunState;
}

/**
 * All of a run at one step: what resuming needs besides its parts and settings. Plain data. Random numbers are keyed by
 * seed and place, so that step, epoch and position in `state` are also where every random stream stands.
 */
export interface Checkpoint {
  /** SHA-256, in hexadecimal, of the canonical JSON of `run`. */
  readonly identity: string;
  readonly run: RunFacts;
  readonly state: RunState;
  /** Where `onNan: 'halve-lr'` would go back to, when that is not `state` itself. */
  readonly rollback?: RunState;
  /** Kept with `restoreBest`. */
  readonly best?: BestState;
  readonly history: readonly EpochRecord[];
  /** Seconds of training so far, over all parts of the run. */
  readonly seconds: number;
  readonly warnings: readonly LossWarning[];
}

/**
 * What `train` writes checkpoints to; `openCheckpoints` of `@mapping-networks/train/node` gives one on disk. A promise
 * that resolves says that the checkpoint is durable. States are never modified afterwards: they may be kept.
 */
export interface CheckpointStore {
  /** The latest one. */
  save(checkpoint: Checkpoint): Promise<void>;
  /** The best on validation so far; replaces the one before. */
  saveBest(checkpoint: Checkpoint): Promise<void>;
}
