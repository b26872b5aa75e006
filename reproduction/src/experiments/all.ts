// Every experiment of this folder.
import { addOnRows, fewerBitsRows } from './add-ons.ts';
import type { Experiment } from './experiment.ts';
import { paperRows } from './paper.ts';
import { projectionContests } from './projections.ts';
import { shortRuns } from './short-runs.ts';

export const experiments: readonly Experiment[] = [
  ...paperRows,
  ...addOnRows,
  ...fewerBitsRows,
  ...shortRuns,
  ...projectionContests,
];
