// BatchMatMul: replaces the kernel of tfjs-backend-wasm, which is fast only for one product of untransposed
// matrices and falls to a scalar loop otherwise. Here transposition only changes the strides in the tables.
import { BatchMatMul, broadcast_util } from '@tensorflow/tfjs-core';
import type { BatchMatMulAttrs, KernelConfig } from '@tensorflow/tfjs-core';
import { strided } from './conv-tables.ts';
import { wasmDtype } from '../errors.ts';
import { addressOf } from '../native/heap.ts';
import { tileColumns } from '../native/gemm-kernel.ts';
import { wasmKernel } from './kernel.ts';
import { tableGemm } from './table-gemm.ts';
import type { GemmTables } from './table-gemm.ts';

/** A matrix in memory: element (row, column) at row·rowStride + column·columnStride. */
interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

const matrix = (shape: readonly number[], transposed: boolean): Matrix => {
  const [rows = 1, columns = 1] = shape.slice(-2);
  return transposed
    ? { rows: columns, columns: rows, rowStride: 1, columnStride: columns }
    : { rows, columns, rowStride: columns, columnStride: 1 };
};

const transpose = (m: Matrix): Matrix => ({
  rows: m.columns,
  columns: m.rows,
  rowStride: m.columnStride,
  columnStride: m.rowStride,
});

export const batchMatMul: KernelConfig = wasmKernel<'a' | 'b', BatchMatMulAttrs>(
  BatchMatMul,
  ({ inputs, attrs, backend }) => {
    for (const { dtype } of [inputs.a, inputs.b])
      if (dtype !== 'float32') throw wasmDtype(BatchMatMul, dtype);
    const a = matrix(inputs.a.shape, attrs.transposeA);
    const b = matrix(inputs.b.shape, attrs.transposeB);
    const outer = broadcast_util.assertAndGetBroadcastShape(
      inputs.a.shape.slice(0, -2),
      inputs.b.shape.slice(0, -2),
    );
    const c = backend.makeOutput([...outer, a.rows, b.columns], 'float32');
    const inA = broadcastIndices(inputs.a.shape.slice(0, -2), outer);
    const inB = broadcastIndices(inputs.b.shape.slice(0, -2), outer);
    const starts = {
      a: addressOf(backend, inputs.a),
      b: addressOf(backend, inputs.b),
      c: addressOf(backend, c),
    };
    const products = inA.map((index, product) => ({
      a: starts.a + 4 * index * a.rows * a.columns,
      b: starts.b + 4 * inB[product]! * b.rows * b.columns,
      c: starts.c + 4 * product * a.rows * b.columns,
    }));
    const out = { rows: a.rows, columns: b.columns, rowStride: b.columns, columnStride: 1 };
    if (a.rows < tileColumns && a.rows <= b.columns) {
      // Few rows would leave the tile idle and copy all of b for nothing: compute cᵀ = bᵀ·aᵀ instead.
      const swapped = products.map((product) => ({ a: product.b, b: product.a, c: product.c }));
      tableGemm(backend, tables(transpose(b), transpose(a), transpose(out)), swapped);
    } else {
      tableGemm(backend, tables(a, b, out), products);
    }
    return c;
  },
);

const tables = (a: Matrix, b: Matrix, c: Matrix): GemmTables => ({
  aRows: strided(a.rows, a.rowStride),
  aTaps: strided(a.columns, a.columnStride),
  bTaps: strided(b.rows, b.rowStride),
  bColumnStride: b.columnStride,
  columns: b.columns,
  cRows: strided(c.rows, c.rowStride),
  cColumnStride: c.columnStride,
});

/** For each index of the broadcast shape `to`, in order, the index into `from` that it reads. */
function broadcastIndices(from: readonly number[], to: readonly number[]): number[] {
  let indices = [0];
  to.forEach((size, axis) => {
    const own = from[axis - (to.length - from.length)] ?? 1;
    indices = indices.flatMap((index) =>
      Array.from({ length: size }, (_, at) => index * own + (own === 1 ? 0 : at)),
    );
  });
  return indices;
}
