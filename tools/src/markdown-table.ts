// A markdown table with padded columns, as the formatter writes it.

export interface TableOptions {
  /** The first column that is set flush right. Default: none. */
  readonly numbersFrom?: number;
}

/** The lines of a table; the first row is its head. */
export const markdownTable = (
  rows: readonly (readonly string[])[],
  { numbersFrom = Infinity }: TableOptions = {},
): string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const padded = (row: readonly string[]): string[] =>
    row.map((cell, column) =>
      column < numbersFrom ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
  const rule = widths.map((width, column) =>
    column < numbersFrom ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  const [head = [], ...body] = rows.map(padded);
  return [line(head), line(rule), ...body.map(line)];
};
