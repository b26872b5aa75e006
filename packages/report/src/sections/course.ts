// Values over a run as points of a chart: by step where the run has a log, by epoch where it has none.
import type { EpochRecord } from '@mapping-networks/core';
import type { Line } from '../chart/line-chart.ts';
import type { Point } from '../chart/thinned.ts';
import type { ReportData, StepPoint } from '../report-data.ts';

export type Run = Pick<ReportData, 'steps' | 'epochs'>;
export type Course = Pick<Line, 'points' | 'marked'>;
export type Named = Readonly<Record<string, number>>;

/** Names in the order in which they first appear. */
export const namesOf = (records: readonly (Named | undefined)[]): string[] => [
  ...new Set(records.flatMap((record) => Object.keys(record ?? {}))),
];

export const point = (x: number, y: number | undefined): Point[] => (y === undefined ? [] : [{ x, y }]);

/** One value for each epoch that has it, marked. */
export const ofEpochs = (
  epochs: readonly EpochRecord[],
  value: (record: EpochRecord) => number | undefined,
): Course => ({ points: epochs.flatMap((record) => point(record.epoch, value(record))), marked: true });

/** The values of the steps or, in a run without steps, of the epochs. */
export const course = (
  { steps, epochs }: Run,
  ofStep: (step: StepPoint) => number | undefined,
  ofEpoch: (epoch: EpochRecord) => number | undefined,
): Course => {
  const points = steps.flatMap((step) => point(step.epoch, ofStep(step)));
  return points.length > 0 ? { points } : ofEpochs(epochs, ofEpoch);
};

/** How the line of training was made, as a sentence below a title. */
export const ofBatches = (steps: readonly StepPoint[]): string =>
  steps.length > 0
    ? 'Training: mean of some batches, the band holds 80 % of them.'
    : 'Training: mean over each epoch.';
