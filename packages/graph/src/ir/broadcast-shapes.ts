// How shapes broadcast: aligned at their last axes; sides of 1 stretch.

/** The common shape, or nothing where the two do not broadcast. */
export const broadcastShapes = (
  a: readonly number[],
  b: readonly number[],
): readonly number[] | undefined => {
  const rank = Math.max(a.length, b.length);
  const shape: number[] = [];
  for (let axis = -rank; axis < 0; axis++) {
    const [sideA, sideB] = [a.at(axis) ?? 1, b.at(axis) ?? 1];
    if (sideA !== sideB && sideA !== 1 && sideB !== 1) return undefined;
    shape.push(sideA === 1 ? sideB : sideA);
  }
  return shape;
};
