// What a report is made from: plain data, gathered by whoever trained. Nothing here knows a plugin by name.
import type { EpochRecord } from '@mapping-networks/core';
import type { Picture } from './picture.ts';

/** One figure of the summary card. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  /** A few words below the value. */
  readonly note?: string;
}

/** What one training step scored, placed on the axis of epochs. */
export interface StepPoint {
  /** Epochs passed after this step, in (0, epochs]. */
  readonly epoch: number;
  /** The loss and every metric of the batch, by name. */
  readonly scores: Readonly<Record<string, number>>;
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

/** All that a page shows, from top to bottom. Text is plain and escaped; lists may be empty. */
export interface ReportData {
  readonly title: string;
  /** One sentence below the title. */
  readonly subtitle: string;
  readonly facts: readonly Fact[];
  readonly table?: ReportTable;
  /** Every step of the run; without steps the curves are drawn from the epochs. */
  readonly steps: readonly StepPoint[];
  readonly epochs: readonly EpochRecord[];
  /** Empty for datasets that are not pictures. */
  readonly galleries: readonly Gallery[];
  /** The record of the run, shown whole at the end of the page. */
  readonly record: unknown;
}
