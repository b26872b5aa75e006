// Columns of text for people: names to the left, numbers to the right.

/** Rows as lines, every column as wide as its widest cell; columns in `right` are aligned to the right. */
export const align = (rows: readonly (readonly string[])[], right: readonly number[] = []): string[] => {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        right.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
};
