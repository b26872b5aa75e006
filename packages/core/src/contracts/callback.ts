// Callbacks watch a training run through one closed union of events.
import type { NamedArrays } from '../arrays.ts';
import type { DatasetInfo } from './dataset.ts';

/** Averages over a split: the task loss and every metric by name. */
export type Scores = Readonly<Record<string, number>> & { readonly loss: number };

/** What one epoch came to. Losses are in the units of the loss, metrics in their own. */
export interface EpochRecord {
  /** 1 for the first. */
  readonly epoch: number;
  /** The last learning rate of the epoch. */
  readonly learningRate: number;
  /** Mean of what training minimised, and of each of its terms, over the epoch's steps. */
  readonly objective: number;
  readonly terms: Readonly<Record<string, number>>;
  /** The factor of each term in the total at the end of the epoch, where the loss tells them (`Loss.termWeights`). */
  readonly weights?: Readonly<Record<string, number>>;
  /** Running averages while training, over the epoch. */
  readonly train: Scores;
  /** Absent when the run evaluates only at its end. */
  readonly validation?: Scores;
  readonly seconds: number;
}

/**
 * What happens in a run. `start` comes first and `end` last; between them `step` after each step, `epoch` after each
 * epoch, `evaluate` whenever a split has been scored (validation before its `epoch`), `checkpoint` once one is durable,
 * `warning` whenever there is one. A run that goes back to an earlier state (`onNan: 'halve-lr'`) tells so by the warning
 * `TRAIN_ROLLED_BACK`; the steps that follow supersede those of the same numbers before. The union is closed: match on `type`.
 */
export type TrainEvent =
  | {
      readonly type: 'start';
      /** Steps done already: 0 unless the run is resumed. */
      readonly step: number;
      readonly steps: number;
      readonly epochs: number;
      readonly trainables: number;
      readonly targetParameters: number;
      readonly dataset: DatasetInfo;
      readonly engine: string;
    }
  | { readonly type: 'warning'; readonly code: string; readonly message: string }
  | {
      readonly type: 'step';
      /** 1 for the first of the run. */
      readonly step: number;
      readonly steps: number;
      readonly epoch: number;
      readonly loss: number;
      readonly learningRate: number;
      /** Metrics of this batch, such as accuracy. */
      readonly metrics: Readonly<Record<string, number>>;
      /** The unweighted parts of the loss of this batch, by name. */
      readonly terms: Readonly<Record<string, number>>;
      /** The parameterization's trainables after this step. Never modified afterwards: they may be kept. */
      readonly trainables: NamedArrays;
    }
  | {
      readonly type: 'epoch';
      readonly record: EpochRecord;
      readonly epochs: number;
      /** The parameterization's trainables after this epoch. */
      readonly trainables: NamedArrays;
    }
  | { readonly type: 'evaluate'; readonly split: 'train' | 'validation' | 'test'; readonly scores: Scores }
  /** The state of this step has been saved: as the latest one, or as the best on validation so far. */
  | { readonly type: 'checkpoint'; readonly step: number; readonly kind: 'latest' | 'best' }
  | { readonly type: 'end'; readonly reason: EndReason };

/**
 * How a run ended: all epochs done, aborted by its signal, stopped by a callback, out of `patience`, or at its
 * `timeLimit`.
 */
export type EndReason = 'completed' | 'aborted' | 'stopped' | 'patience' | 'time-limit';

/** The contract of kind `callback`: sees every event of a run, and may end it. */
export interface Callback {
  /** Called for every event in order; a promise is awaited. Returning `'stop'` ends training after this step. */
  on(event: TrainEvent): 'stop' | void | Promise<'stop' | void>;
}
