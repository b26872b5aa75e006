// How the axes of a reshape belong together: [2, 6, 5] → [2, 2, 3, 5] keeps axis 0, splits axis 1 and keeps axis 2.
// What is done to whole groups commutes with the reshape.

/** Axes before and after whose sides have the same product; one of the two is empty for an axis of size 1. */
export interface AxisGroup {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** The smallest groups of a reshape, in order; undefined for arrays without elements. */
export const axisGroups = (
  from: readonly number[],
  to: readonly number[],
): readonly AxisGroup[] | undefined => {
  if (from.includes(0)) return undefined;
  const groups: AxisGroup[] = [];
  let i = 0;
  let j = 0;
  while (i < from.length || j < to.length) {
    if (from[i] === 1) groups.push({ from: [i++], to: [] });
    else if (to[j] === 1) groups.push({ from: [], to: [j++] });
    else {
      const group = { from: [i], to: [j] };
      let left = from[i++] as number;
      let right = to[j++] as number;
      while (left !== right) {
        if (left < right) {
          if (from[i] !== 1) group.from.push(i);
          left *= from[i++] as number;
        } else {
          if (to[j] !== 1) group.to.push(j);
          right *= to[j++] as number;
        }
      }
      groups.push(group);
    }
  }
  return groups;
};

/**
 * For an array that broadcasts to the shape `from`: its shape in the axes of `to`, so that reshaping it first and
 * broadcasting then gives the same. Undefined where a group is repeated along some of its axes only.
 */
export const carryShape = (
  shape: readonly number[],
  from: readonly number[],
  to: readonly number[],
  groups: readonly AxisGroup[],
): readonly number[] | undefined => {
  const result = to.map(() => 1);
  for (const group of groups) {
    const whole = group.from.every((axis) => shape[axis] === from[axis]);
    const single = group.from.every((axis) => shape[axis] === 1);
    if (!whole && !single) return undefined;
    if (!single) for (const axis of group.to) result[axis] = to[axis] as number;
  }
  return result;
};
