// Shapes are lists, which `===` does not compare.

/** Whether two shapes, or other lists of one number an axis, are the same. */
export const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((side, axis) => side === b[axis]);
