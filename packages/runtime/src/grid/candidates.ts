// What part of the range a grid may reach to when it is chosen by squared error: the same list for plain numbers and for
// tensors. Equal errors go to the widest, which comes first.

/** 1, 0.95, … 0.25, as float32. */
export const CLIPPING_RATIOS: readonly number[] = Array.from({ length: 16 }, (_, k) =>
  Math.fround(1 - k / 20),
);
