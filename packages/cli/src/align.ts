// Columns of text for people: names to the left, numbers to the right, prose folded in the last one.
import { wrap } from './wrap.ts';

export interface Alignment {
  /** Columns that are aligned to the right. */
  readonly right?: readonly number[];
  /** Where the last column is folded; what follows goes on below it. Default: nowhere. */
  readonly width?: number;
}

/** Rows as lines, every column as wide as its widest cell. */
export const align = (
  rows: readonly (readonly string[])[],
  { right = [], width = Infinity }: Alignment = {},
): string[] => {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const before = widths.slice(0, -1).reduce((sum, wide) => sum + wide + 2, 0);
  const cell = (text: string, column: number): string => {
    if (right.includes(column)) return text.padStart(widths[column] ?? 0);
    if (column < columns - 1) return text.padEnd(widths[column] ?? 0);
    return wrap(text, width - before).replaceAll('\n', `\n${' '.repeat(before)}`);
  };
  return rows.map((row) => row.map(cell).join('  ').trimEnd());
};
