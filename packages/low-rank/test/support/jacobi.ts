// Singular values by one-sided Jacobi rotations in float64: another algorithm than that of the library, and short enough
// to be seen to be right.

/** Singular values of a matrix given row by row, the largest first. */
export const jacobiSingularValues = (rows: number, columns: number, data: ArrayLike<number>): number[] => {
  const list = Array.from({ length: columns }, (_, j) =>
    Array.from({ length: rows }, (_row, i) => data[i * columns + j] as number),
  );
  const dot = (a: number[], b: number[]): number =>
    a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
  for (let sweep = 0; sweep < 60; sweep++) {
    let largest = 0;
    for (let p = 0; p < columns; p++) {
      for (let q = p + 1; q < columns; q++) {
        const [a, b] = [list[p] as number[], list[q] as number[]];
        const [aa, bb, ab] = [dot(a, a), dot(b, b), dot(a, b)];
        if (Math.abs(ab) <= 1e-15 * Math.sqrt(aa * bb)) continue;
        largest = Math.max(largest, Math.abs(ab) / Math.sqrt(aa * bb));
        const zeta = (bb - aa) / (2 * ab);
        const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        const cosine = 1 / Math.sqrt(1 + tangent * tangent);
        const sine = cosine * tangent;
        for (let i = 0; i < rows; i++) {
          const [x, y] = [a[i] as number, b[i] as number];
          a[i] = cosine * x - sine * y;
          b[i] = sine * x + cosine * y;
        }
      }
    }
    if (largest < 1e-14) break;
  }
  return list
    .map((column) => Math.sqrt(dot(column, column)))
    .sort((a, b) => b - a)
    .slice(0, Math.min(rows, columns));
};
