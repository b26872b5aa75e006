// Which rows make up which segment, as rectangular tables: a sum over segments becomes gathers and dense sums.

export interface SegmentTable {
  /** Rows a segment; the table is `[segments of the class, width]`. */
  readonly width: number;
  readonly data: Int32Array<ArrayBuffer>;
}

export interface SegmentTables {
  readonly tables: readonly SegmentTable[];
  /** Where each segment stands in the concatenated classes; undefined where that is in order. */
  readonly order: Int32Array<ArrayBuffer> | undefined;
  /** Whether a table names the row after the last one, which has to be zero. */
  readonly padded: boolean;
}

/**
 * Segments of similar size share a table: a class ends where a segment has fewer than half the rows of the first in it,
 * so that padding at most doubles the work. `rows` is the number of rows, the index of the zero row.
 */
export const segmentTables = (indices: ArrayLike<number>, segments: number, rows: number): SegmentTables => {
  const members: number[][] = Array.from({ length: segments }, () => []);
  for (let row = 0; row < indices.length; row++) members[indices[row] ?? -1]?.push(row);
  const classes = classesOf(members);
  const order = new Int32Array(segments);
  classes.flat().forEach((segment, at) => {
    order[segment] = at;
  });
  const tables = classes.map((listed) => tableOf(listed, members, rows));
  return {
    tables,
    order: order.every((at, segment) => at === segment) ? undefined : order,
    padded: tables.some(({ data }) => data.includes(rows)),
  };
};

/** Segments by class, the largest first; all in their own order where one class will do. */
const classesOf = (members: readonly (readonly number[])[]): readonly (readonly number[])[] => {
  const size = (segment: number): number => members[segment]?.length ?? 0;
  const segments = members.map((_, segment) => segment);
  const sorted = segments.toSorted((a, b) => size(b) - size(a) || a - b);
  const classes: number[][] = [];
  let most = Infinity;
  for (const segment of sorted) {
    if (2 * size(segment) < most) {
      classes.push([]);
      most = Math.max(1, size(segment));
    }
    classes.at(-1)?.push(segment);
  }
  return classes.length > 1 ? classes : [segments];
};

const tableOf = (
  listed: readonly number[],
  members: readonly (readonly number[])[],
  rows: number,
): SegmentTable => {
  const width = listed.reduce((most, segment) => Math.max(most, members[segment]?.length ?? 0), 1);
  const data = new Int32Array(width * listed.length).fill(rows);
  listed.forEach((segment, at) => data.set(members[segment] ?? [], at * width));
  return { width, data };
};
