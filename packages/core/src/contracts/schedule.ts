// A schedule shapes the learning rate over a run.

/** The contract of kind `schedule`: the learning rate of a step is the peak rate times a factor in [0, 1]. Pure. */
export interface Schedule {
  /** The factor on the peak learning rate at `step` (0 is the first) of `steps`; 1 is the peak. */
  factor(step: number, steps: number): number;
}
