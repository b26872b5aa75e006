// Which codes a type has. Symmetric grids leave the lowest code out, so that they reach as far down as up.

/** The first and the last code of a grid. */
export interface Levels {
  readonly least: number;
  readonly most: number;
}

const LEVELS = {
  int8: { least: -128, most: 127 },
  uint8: { least: 0, most: 255 },
  int4: { least: -8, most: 7 },
} as const;

/**
 * The codes of a type; a symmetric grid has as many below 0 as above.
 *
 * @example
 * ```ts
 * import { levelsOf } from '@mapping-networks/runtime/canonical';
 * console.log(levelsOf('int4', true)); // { least: -7, most: 7 }
 * ```
 */
export const levelsOf = (type: keyof typeof LEVELS, symmetric: boolean): Levels => {
  const { least, most } = LEVELS[type];
  return symmetric ? { least: least + 1, most } : { least, most };
};

/** The smallest normal float32: no step is smaller, so that all-zero tensors have one, and quotients keep their bits. */
export const LEAST_SCALE: number = 2 ** -126;

/** No grid reaches further: beyond, a range of both signs would be no float32. What is larger is clipped to it. */
export const MOST_REACH: number = 2 ** 126;

/** What counts as no step where a range is divided by steps: an end so much smaller than the other needs none. */
export const LEAST_COUNT: number = 2 ** -20;
