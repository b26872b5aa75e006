// A schedule shapes the learning rate over a run.

export interface Schedule {
  /** The factor on the peak learning rate at `step` (0 is the first) of `steps`; 1 is the peak. */
  factor(step: number, steps: number): number;
}
