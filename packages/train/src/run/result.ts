// What a run leaves behind.
import type {
  DatasetInfo,
  EndReason,
  EpochRecord,
  LossWarning,
  Metric,
  Model,
  Scores,
} from '@mapping-networks/core';
import type { RunState } from '../step/state.ts';
import type { TrainParts } from './options.ts';
import type { TrainSettings } from './settings.ts';

/** What `train` resolves to: the network, its scores, and all that is needed to say how it came about. */
export interface TrainResult {
  /** `aborted` by the signal, `stopped` by a callback, out of `patience`, or at its `time-limit`. */
  readonly reason: EndReason;
  /** The trained network, ready to be saved, evaluated and used. */
  readonly model: Model;
  readonly history: readonly EpochRecord[];
  /** Scores of the final network in evaluation mode. Absent when the run was aborted or the split is empty. */
  readonly train?: Scores;
  readonly validation?: Scores;
  /** Computed once, when all is decided. */
  readonly test?: Scores;
  /**
   * Train minus test of the first metric (test minus train where lower is better): the paper's measure of
   * overfitting.
   */
  readonly gap?: number;
  /** Wall time from the first step to the last, validation included; over all parts of a resumed run. */
  readonly seconds: number;
  /** Steps done. */
  readonly steps: number;
  readonly warnings: readonly LossWarning[];
  /** Every number of the run, defaults written out. */
  readonly settings: TrainSettings;
  /** Every part of the run, defaults filled in. */
  readonly parts: TrainParts;
  readonly dataset: DatasetInfo;
  /** What the engine says of itself. */
  readonly engine: string;
  /** Where the run stands: optimizer state, weights of the loss, position. The best state where that was restored. */
  readonly state: RunState;
  /** The epoch whose network this is, when `restoreBest` has put it in the place of the last one. */
  readonly restoredEpoch?: number;
}

/** Overfitting by the first metric; undefined when a score is missing. */
export const gapOf = (
  metric: { readonly name: string; readonly impl: Metric } | undefined,
  train: Scores | undefined,
  test: Scores | undefined,
): number | undefined => {
  const [onTrain, onTest] = metric ? [train?.[metric.name], test?.[metric.name]] : [];
  if (!metric || onTrain === undefined || onTest === undefined) return undefined;
  return metric.impl.better === 'higher' ? onTrain - onTest : onTest - onTrain;
};
