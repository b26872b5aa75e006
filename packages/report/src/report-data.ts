// What a report is made from: plain data, gathered by whoever trained. Nothing here knows a plugin by name, and
// nothing is analysed yet: the page computes its figures from these numbers.
import type { EpochRecord } from '@mapping-networks/core';
import type { Picture } from './picture.ts';

/** One figure of the summary card, or one line of the environment. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  /** A few words below the value. */
  readonly note?: string;
}

/** What one training step scored, placed on the axis of epochs. */
export interface StepPoint {
  /** Epochs passed after this step, in [0, epochs]; 0 is the initialisation. */
  readonly epoch: number;
  /** The number of the step, 1 for the first; 0 is the initialisation. */
  readonly step?: number;
  /** The loss and every metric of the batch, by name. */
  readonly scores: Readonly<Record<string, number>>;
  /** The unweighted terms of the loss of this batch, by name. */
  readonly terms?: Readonly<Record<string, number>>;
  readonly learningRate?: number;
  /** ‖z‖ after the step, over all trainables joined. */
  readonly norm?: number;
  /** ‖z − z₀‖ after the step: how far the trainables are from where they started. */
  readonly moved?: number;
}

/** One example, and what the network says about it. */
export interface Sample {
  readonly picture: Picture;
  /** The true class. */
  readonly label: string;
  readonly predicted: string;
  /** Of the predicted class, in [0, 1]. */
  readonly probability: number;
}

/** Examples under one heading. */
export interface Gallery {
  readonly title: string;
  /** What they are and how they were chosen. */
  readonly text: string;
  readonly samples: readonly Sample[];
}

/** Figures beside each other, such as those of the trained network and its baselines. */
export interface ReportTable {
  readonly caption: string;
  readonly columns: readonly string[];
  /** One cell for each column; the first names the row. */
  readonly rows: readonly (readonly string[])[];
}

/** What a classifier said about every example of one split. */
export interface Classification {
  readonly task: 'classification';
  /** Which split, such as `test`. */
  readonly split: string;
  /** Names by class index; two or more. */
  readonly classes: readonly string[];
  /** `[n]` true class indices. */
  readonly labels: ArrayLike<number>;
  /** `[n, classes]` in row-major order; each row sums to 1. */
  readonly probabilities: Float32Array;
  /** The input of one example, for datasets of pictures. */
  picture?(index: number): Picture;
}

/** What a network predicted for every example of one split, all outputs joined. */
export interface Regression {
  readonly task: 'regression';
  readonly split: string;
  /** True and predicted values in the same order, in the units of the dataset's labels. */
  readonly labels: ArrayLike<number>;
  readonly predictions: ArrayLike<number>;
}

/** The weights of one layer (all of its parameters joined), at the end and as the run started. */
export interface LayerWeights {
  readonly layer: string;
  readonly trained: Float32Array;
  /** Absent when the start is not known. */
  readonly initial?: Float32Array;
}

/** The trainables at one step. */
export interface Snapshot {
  readonly step: number;
  /** The same coordinates, in the same order, in every snapshot. */
  readonly values: Float32Array;
}

/** The way of the trainables through their space. */
export interface Trajectory {
  /** In the order of steps. */
  readonly snapshots: readonly Snapshot[];
  /** How many coordinates there are in all; more than a snapshot holds when they were sampled. */
  readonly of: number;
}

/** All that a page shows, from top to bottom. Text is plain and escaped; what is absent or empty is left out. */
export interface ReportData {
  readonly title: string;
  /** One sentence below the title. */
  readonly subtitle: string;
  /** What a reader must know first: that the run was interrupted, warnings of the loss. */
  readonly notices?: readonly string[];
  readonly facts: readonly Fact[];
  readonly table?: ReportTable;
  /** Every step of the run; without steps the curves are drawn from the epochs. */
  readonly steps: readonly StepPoint[];
  readonly epochs: readonly EpochRecord[];
  readonly predictions?: Classification | Regression;
  /** Further examples with their pictures. */
  readonly galleries?: readonly Gallery[];
  readonly layers?: readonly LayerWeights[];
  readonly trajectory?: Trajectory;
  /** The whole resolved config of the run, shown as JSON. */
  readonly config: unknown;
  readonly environment?: readonly Fact[];
}
