// The singular value decomposition of a tall matrix W: a rotation V that makes the columns of W V orthogonal, whose lengths
// are the singular values then. It is made of the eigenvectors of WᵀW, which has one row for each column: most of the
// time goes into sums of products of whole columns.
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** A matrix as its columns. */
export type Columns = readonly Float64Array[];

/** W = B Vᵀ. */
export interface Orthogonal {
  /** B, the longest column first. */
  readonly columns: Columns;
  /** V, orthonormal. */
  readonly rotation: Columns;
}

/** A column of W V, and of V. */
interface Pair {
  readonly b: Float64Array;
  readonly v: Float64Array;
  /** Of b. */
  readonly length: number;
}

/**
 * Columns this much shorter than the longest are rotated once more among themselves: WᵀW holds their squares beside those
 * of the longest, whose rounding errors hide them.
 */
const SHORT = 1e-3;

/** A matrix given row by row. */
export const columnsOf = (data: ArrayLike<number>, columns: number): Columns =>
  Array.from({ length: columns }, (_column, j) =>
    Float64Array.from({ length: data.length / columns }, (_row, i) => data[i * columns + j] as number),
  );

/**
 * `columns` are finite, and at least as long as there are columns. Lengths are right to about a rounding error of the longest,
 * B Vᵀ = W too.
 */
export const orthogonalColumns = (columns: Columns): Orthogonal => {
  const units = columns.map((_, j) => Float64Array.from(columns, (_column, k) => Number(k === j)));
  const pairs = rotated(columns.map((b, j) => ({ b, v: units[j] as Float64Array, length: lengthOf(b) })));
  pairs.sort((left, right) => right.length - left.length);
  return { columns: pairs.map(({ b }) => b), rotation: pairs.map(({ v }) => v) };
};

const rotated = (pairs: readonly Pair[], hidden?: number): Pair[] => {
  const columns = pairs.map(({ b }) => b);
  const { eigenvectorMatrix } = new EigenvalueDecomposition(gram(columns), { assumeSymmetric: true });
  const shares = pairs.map((_, j) => Float64Array.from(eigenvectorMatrix.getColumn(j)));
  const vs = combinations(
    pairs.map(({ v }) => v),
    shares,
  );
  const turned = combinations(columns, shares).map((b, j): Pair => ({
    b,
    v: vs[j] as Float64Array,
    length: lengthOf(b),
  }));
  const longest = turned.reduce((most, { length }) => Math.max(most, length), 0);
  // What is shorter than this consists of rounding errors.
  const least = hidden ?? longest * Number.EPSILON;
  const short = turned.filter(({ length }) => length < SHORT * longest);
  if (short.length < 2 || longest <= least) return turned;
  return [...turned.filter((pair) => !short.includes(pair)), ...rotated(short, least)];
};

const gram = (columns: Columns): Matrix => {
  const products = Matrix.zeros(columns.length, columns.length);
  columns.forEach((p, i) => {
    for (let j = i; j < columns.length; j++) {
      const product = dot(p, columns[j] as Float64Array);
      products.set(i, j, product);
      products.set(j, i, product);
    }
  });
  return products;
};

/** For each of `shares` the sum of `columns`, each times its share. */
const combinations = (columns: Columns, shares: Columns): Columns => {
  const rows = transposed(columns);
  return shares.map((share) => Float64Array.from(rows, (row) => dot(row, share)));
};

/** Its rows. */
export const transposed = (columns: Columns): Columns =>
  Array.from(columns[0] ?? [], (_first, i) => Float64Array.from(columns, (column) => column[i] as number));

/** The length of a column. */
export const lengthOf = (column: Float64Array): number => Math.sqrt(dot(column, column));

/** In four sums, which a processor adds to at the same time. */
const dot = (p: Float64Array, q: Float64Array): number => {
  let i = 0;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (; i + 3 < p.length; i += 4) {
    a += (p[i] as number) * (q[i] as number);
    b += (p[i + 1] as number) * (q[i + 1] as number);
    c += (p[i + 2] as number) * (q[i + 2] as number);
    d += (p[i + 3] as number) * (q[i + 3] as number);
  }
  for (; i < p.length; i++) a += (p[i] as number) * (q[i] as number);
  return a + b + (c + d);
};
