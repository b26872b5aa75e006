// The Hadamard map in plain loops: float32 additions in a fixed order, so that every JavaScript engine makes the same
// bits. Storing to a Float32Array rounds each result once.
import type { RandomKey } from '../../random/key.ts';
import { signAt } from '../../random/signs.ts';
import { hadamardBlock, hadamardPlan, type HadamardPlan } from './plan.ts';

/** The Walsh-Hadamard transform in place, Sylvester order: butterflies of stride 1, 2, 4, …; x.length a power of 2. */
export const walshHadamard = (x: Float32Array): void => {
  const n = x.length;
  for (let stride = 1; stride < n; stride *= 2) {
    for (let start = 0; start < n; start += 2 * stride) {
      for (let i = start; i < start + stride; i++) {
        const low = x[i] as number;
        const high = x[i + stride] as number;
        x[i] = low + high;
        x[i + stride] = low - high;
      }
    }
  }
};

/** W z. */
export const project = (plan: HadamardPlan, z: Float32Array): Float32Array => {
  const { rows, columns, n, blocks } = plan;
  const scale = Math.fround(1 / Math.sqrt(columns));
  const out = new Float32Array(rows);
  const x = new Float32Array(n);
  for (let k = 0; k < blocks; k++) {
    const { positions, right, left } = hadamardBlock(plan, k);
    x.fill(0);
    for (let i = 0; i < columns; i++) x[positions[i] as number] = signAt(right, i) * (z[i] as number);
    walshHadamard(x);
    const end = Math.min(n, rows - k * n);
    for (let i = 0; i < end; i++) out[k * n + i] = signAt(left, i) * (x[i] as number) * scale;
  }
  return out;
};

/** Wᵀ g. */
export const projectAdjoint = (plan: HadamardPlan, g: Float32Array): Float32Array => {
  const { rows, columns, n, blocks } = plan;
  const scale = Math.fround(1 / Math.sqrt(columns));
  const out = new Float32Array(columns);
  const x = new Float32Array(n);
  for (let k = 0; k < blocks; k++) {
    const { positions, right, left } = hadamardBlock(plan, k);
    x.fill(0);
    const end = Math.min(n, rows - k * n);
    for (let i = 0; i < end; i++) x[i] = signAt(left, i) * (g[k * n + i] as number) * scale;
    walshHadamard(x);
    for (let i = 0; i < columns; i++) {
      out[i] = (out[i] as number) + signAt(right, i) * (x[positions[i] as number] as number);
    }
  }
  return out;
};

/**
 * w_j · b_j for two maps of one size. H[i,p]·H[i,q] = H[i, p xor q], so the products of a block are the transform of
 * the sign products scattered to p xor q: O(n log n) instead of O(n d).
 */
export const rowDots = (plan: HadamardPlan, otherKey: RandomKey): Float32Array => {
  const { rows, columns, n, blocks, key } = plan;
  const other = hadamardPlan(rows, columns, otherKey);
  if (key.hi === otherKey.hi && key.lo === otherKey.lo) return new Float32Array(rows).fill(1);
  const out = new Float32Array(rows);
  const x = new Float32Array(n);
  for (let k = 0; k < blocks; k++) {
    const [p, q] = [hadamardBlock(plan, k), hadamardBlock(other, k)];
    x.fill(0);
    for (let i = 0; i < columns; i++) {
      const at = (p.positions[i] as number) ^ (q.positions[i] as number);
      x[at] = (x[at] as number) + signAt(p.right, i) * signAt(q.right, i);
    }
    walshHadamard(x);
    const end = Math.min(n, rows - k * n);
    for (let i = 0; i < end; i++) {
      out[k * n + i] = (signAt(p.left, i) * signAt(q.left, i) * (x[i] as number)) / columns;
    }
  }
  return out;
};
