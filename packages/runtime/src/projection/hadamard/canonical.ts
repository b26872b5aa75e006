// The Hadamard map in plain loops: float32 additions in a fixed order, so that every JavaScript engine makes the same
// bits. Storing to a Float32Array rounds each result once.
import type { RandomKey } from '../../random/key.ts';
import { signAt } from '../../random/signs.ts';
import { hadamardBlock, hadamardPlan, type HadamardPlan } from './plan.ts';

/**
 * The Walsh-Hadamard transform in place, Sylvester order: butterflies of stride 1, 2, 4, …; x.length a power of 2. Two
 * strides in one pass over memory round no differently, because what lies between them is rounded too.
 */
export const walshHadamard = (x: Float32Array): void => {
  let stride = 1;
  for (; 4 * stride <= x.length; stride *= 4) twoStrides(x, stride);
  if (stride < x.length) oneStride(x, stride);
};

const oneStride = (x: Float32Array, stride: number): void => {
  for (let start = 0; start < x.length; start += 2 * stride) {
    for (let i = start; i < start + stride; i++) {
      const low = x[i] as number;
      const high = x[i + stride] as number;
      x[i] = low + high;
      x[i + stride] = low - high;
    }
  }
};

const { fround } = Math;

/** Stride s, then stride 2s. */
const twoStrides = (x: Float32Array, s: number): void => {
  for (let start = 0; start < x.length; start += 4 * s) {
    for (let i = start; i < start + s; i++) {
      const a = x[i] as number;
      const b = x[i + s] as number;
      const c = x[i + 2 * s] as number;
      const d = x[i + 3 * s] as number;
      const ab = fround(a + b);
      const a_b = fround(a - b);
      const cd = fround(c + d);
      const c_d = fround(c - d);
      x[i] = ab + cd;
      x[i + s] = a_b + c_d;
      x[i + 2 * s] = ab - cd;
      x[i + 3 * s] = a_b - c_d;
    }
  }
};

/** The same memory as words. */
const wordsOf = ({ buffer, byteOffset, length }: Float32Array): Int32Array =>
  new Int32Array(buffer, byteOffset, length);

/** W z. A sign is a bit, and turning it is no arithmetic: bit 31 of a word is where the sign of a float is. */
export const hadamardProject = (plan: HadamardPlan, z: Float32Array): Float32Array => {
  const { rows, columns, n, blocks } = plan;
  const scale = fround(1 / Math.sqrt(columns));
  const out = new Float32Array(rows);
  const x = new Float32Array(n);
  const [latent, words] = [wordsOf(z), wordsOf(x)];
  for (let k = 0; k < blocks; k++) {
    const { positions, right, left } = hadamardBlock(plan, k);
    x.fill(0);
    for (let i = 0; i < columns; i++) {
      words[positions[i] as number] = (latent[i] as number) ^ (((right[i >> 5] as number) >>> i) << 31);
    }
    walshHadamard(x);
    const end = Math.min(n, rows - k * n);
    for (let i = 0; i < end; i++) {
      out[k * n + i] = (x[i] as number) * (((left[i >> 5] as number) >>> i) & 1 ? -scale : scale);
    }
  }
  return out;
};

/** Wᵀ g. */
export const hadamardAdjoint = (plan: HadamardPlan, g: Float32Array): Float32Array => {
  const { rows, columns, n, blocks } = plan;
  const scale = fround(1 / Math.sqrt(columns));
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
export const hadamardRowDots = (plan: HadamardPlan, otherKey: RandomKey): Float32Array => {
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
