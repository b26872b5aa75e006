// The law suite of projections.
import type { BoundProjection, Part } from '@mapping-networks/core';
import { withMembers, type Members } from './checks/members.ts';
import type { Law } from './law.ts';
import { boundCase, type ProjectionSize } from './projection/bound.ts';
import { chunkLaws } from './projection/chunk-laws.ts';
import { keyLaws, orthogonalityLaws, squareLaws } from './projection/claim-laws.ts';
import { incoherenceLaws } from './projection/incoherence-laws.ts';
import { linearLaws } from './projection/linear-laws.ts';
import { rowLaws } from './projection/row-laws.ts';

/** At which sizes and from which seed `projectionLaws` checks. */
export interface ProjectionLawOptions {
  /**
   * The sizes of W to check. Default: 77, 540, 1500 and 2072 columns with rows for three to four blocks of the next
   * power of two, the last one cut off. A map that stores its entries needs smaller ones.
   */
  readonly sizes?: readonly ProjectionSize[];
  /** Seed of keys and inputs. Default 0. */
  readonly seed?: number;
}

const MEMBERS: Members<BoundProjection> = {
  claims: 'object',
  trainable: 'array',
  frozen: 'function',
  forward: 'function',
  adjoint: 'function',
  project: 'function',
  projectAdjoint: 'function',
  rowNorms: 'function',
  rowDots: 'function',
  chunks: 'function?',
  randomRows: 'function?',
};

/** Rows for three full blocks and part of a fourth. */
const DEFAULT_SIZES: readonly ProjectionSize[] = [
  { columns: 77, rows: 421 },
  { columns: 540, rows: 3_500 },
  { columns: 1_500, rows: 7_000 },
  { columns: 2_072, rows: 13_000 },
];

/**
 * What every fixed map W must keep: ⟨Wz, g⟩ = ⟨z, Wᵀg⟩ and linearity; tensors and canonical arithmetic within 1e-5;
 * gradients against finite differences; `rowNorms` (mean square 1) and `rowDots` against formed rows; the same bits
 * from the same key, others from another; a signed permutation where square; a mean row spread over coordinates;
 * and what it claims: WᵀW = (P/d)·I, rows that are not tied; its chunks, where it can be cut. No tensor leaks.
 *
 * @example
 * ```ts
 * import { projectionLaws } from '@mapping-networks/conformance';
 * import { hadamard } from '@mapping-networks/core';
 * console.log(projectionLaws(hadamard()).map(({ name }) => name));
 * ```
 */
export const projectionLaws = (
  part: Part<'projection'>,
  { sizes = DEFAULT_SIZES, seed = 0 }: ProjectionLawOptions = {},
): readonly Law[] =>
  sizes.flatMap((size) => {
    const { rows, columns } = size;
    const tall = boundCase(part, size, seed);
    const square = boundCase(part, { rows: columns, columns }, seed);
    return withMembers(`${tall.title}: the map`, tall.bound, MEMBERS, () => [
      ...linearLaws(tall),
      ...rowLaws(tall),
      ...keyLaws(tall),
      ...orthogonalityLaws(tall),
      ...incoherenceLaws(tall),
      ...chunkLaws(tall),
      ...(rows === columns ? [] : [...linearLaws(square), ...chunkLaws(square)]),
      ...squareLaws(square),
    ]);
  });
