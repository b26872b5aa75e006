// What kinds of observers differ in: how they count, and what range they make of it.

/** Lowest and highest value that a grid has to hold. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

export interface Observed {
  /** Called for every number, all finite. */
  add(value: number): void;
  /** The range to use, given the extremes of what was seen. */
  range(extremes: Range): Range;
}
