// The constants of the Hadamard map on tensors. Signs and padding are folded into the gathers: `spread` points into
// [z, −z, 0], `collect` into [y, −y]. Positions are stored transposed, [b, a] within a block, which saves a transposition
// in each direction.
import {
  childKey,
  hadamardBlock,
  type HadamardBlock,
  type HadamardPlan,
} from '@mapping-networks/runtime/canonical';
import { float32, int32, type NamedArrays } from '../../arrays.ts';
import type { RandomRows } from '../../random/rows.ts';

/** n as a·b, both powers of two, b = a or 2a: H_n = H_a ⊗ H_b. */
export const factorsOf = (n: number): readonly [number, number] => {
  const log2 = 31 - Math.clz32(n);
  const a = 1 << (log2 >> 1);
  return [a, n / a];
};

/** H_a and H_b. */
export const hadamardFactors = ({ n }: HadamardPlan): NamedArrays => {
  const [a, b] = factorsOf(n);
  return {
    hadamardA: float32(sylvester(a), [a, a]),
    hadamardB: float32(sylvester(b), [b, b]),
  };
};

/** The Walsh-Hadamard matrix of order n: (−1)^(number of common one-bits of row and column). */
const sylvester = (n: number): Float32Array => {
  const matrix = new Float32Array(n * n).fill(1);
  for (let bit = 1; bit < n; bit *= 2) {
    for (let i = 0; i < n * n; i++) if (Math.floor(i / n) & (i % n) & bit) matrix[i] = -(matrix[i] as number);
  }
  return matrix;
};

/** What draws the tables of a plan, or of one of its ranges, block by block. */
export interface TableWriter {
  /** The block's places in [z, −z, 0], written from `at` on. */
  spread(block: HadamardBlock, out: Int32Array, at: number): void;
  /** ±1/√d for rows from `at` on, as many as there are up to the end of a block or of `out`. */
  left(block: HadamardBlock, out: Float32Array, at: number): void;
}

export const tableWriter = ({ n, columns }: HadamardPlan): TableWriter => {
  const [a, b] = factorsOf(n);
  const turned = new Int32Array(n);
  for (let i = 0; i < n; i++) turned[i] = (i % b) * a + Math.floor(i / b);
  const scales = Float32Array.of(1 / Math.sqrt(columns), -1 / Math.sqrt(columns));
  return {
    spread: ({ positions, right }, out, at) => {
      if (columns < n) out.fill(2 * columns, at, at + n);
      for (let i = 0; i < columns;) {
        let signs = right[i >>> 5] as number;
        for (const end = Math.min(columns, i + 32); i < end; i++, signs >>>= 1) {
          out[at + (turned[positions[i] as number] as number)] = i + (signs & 1) * columns;
        }
      }
    },
    left: ({ left }, out, at) => {
      const end = Math.min(n, out.length - at);
      for (let i = 0; i < end;) {
        let signs = left[i >>> 5] as number;
        for (const stop = Math.min(end, i + 32); i < stop; i++, signs >>>= 1) {
          out[at + i] = scales[signs & 1] as number;
        }
      }
    },
  };
};

/** All constants of `forward` and `adjoint`. */
export const hadamardFrozen = (plan: HadamardPlan): NamedArrays => {
  const { rows, columns, n, blocks } = plan;
  const write = tableWriter(plan);
  const spread = new Int32Array(blocks * n);
  const collect = new Int32Array(blocks * columns);
  const left = new Float32Array(rows);
  for (let k = 0; k < blocks; k++) {
    const block = hadamardBlock(plan, k);
    write.spread(block, spread, k * n);
    write.left(block, left, k * n);
    for (let at = k * n; at < (k + 1) * n; at++) {
      const from = spread[at] as number;
      if (from < columns) collect[k * columns + from] = at;
      else if (from < 2 * columns) collect[k * columns + from - columns] = blocks * n + at;
    }
  }
  return { spread: int32(spread), collect: int32(collect), left: float32(left), ...hadamardFactors(plan) };
};

/** What `hadamardBlock` draws; where a block has as many places as there are coordinates, each has one. */
export const randomRows = ({ columns, n, blocks, key }: HadamardPlan): readonly RandomRows[] => {
  const block = { key: childKey(key, 'block'), rows: blocks };
  return [
    { ...block, name: 'right', length: columns },
    { ...block, name: 'left', length: n },
    ...(columns < n ? [{ ...block, name: 'positions', length: n, chosen: columns }] : []),
  ];
};
