// Matrix products addressed through tables: C[r][n] = Σ_k A[r][k]·B[k][n], where every operand is found as
// "offset of the row + offset of the tap". A convolution, each of its gradients, and a matrix product with
// any transposition are all of this form, so one blocked loop over the SIMD kernel serves them all.
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { strided } from './conv-tables.ts';
import { tileColumns, tileRows } from './gemm-kernel.ts';
import { heapOf, withScratch, writeByteOffsets } from './heap.ts';
import { nativeOf } from './native.ts';
import { packPanels } from './pack-panels.ts';

/** Tables of one product; all offsets in elements of four bytes. */
export interface GemmTables {
  /** Offset of row r of A, one entry for each row of C. */
  readonly aRows: Int32Array;
  /** Offset of tap k inside a row of A. */
  readonly aTaps: Int32Array;
  /** Offset of tap k in B. */
  readonly bTaps: Int32Array;
  /** Distance between two columns of B. */
  readonly bColumnStride: number;
  /** Number of columns of B and C. */
  readonly columns: number;
  /** Offset of row r in C. */
  readonly cRows: Int32Array;
  /** Distance between two columns of C; other than 1 only with fewer than eight columns. */
  readonly cColumnStride: number;
}

/** Byte addresses of the operands of one product. */
export interface Operands {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

const tapBlock = 256;
const rowBlock = 170 * tileRows;
const padTo = (count: number, multiple: number): number => Math.ceil(count / multiple) * multiple;

/** Computes one product for each entry of `batch`, all with the same tables. */
export function tableGemm(backend: BackendWasm, tables: GemmTables, batch: readonly Operands[]): void {
  const { aRows, aTaps, columns } = tables;
  if (aRows.length === 0 || columns === 0) return;
  if (aTaps.length === 0) return clear(backend, tables, batch);
  const rows = padTo(aRows.length, tileRows);
  const panels = Math.ceil(columns / tileColumns);
  const hasTail = columns % tileColumns !== 0;
  const tileBytes = 4 * tileColumns;
  const taps = aTaps.length;
  const sizes = [4 * rows, 4 * rows, 4 * taps, 4 * taps, panels * tapBlock * tileBytes];
  const tailSizes = hasTail ? [4 * rows, rows * tileBytes] : [];
  withScratch(backend, [...sizes, ...tailSizes], (...regions) => {
    const [aTable = 0, cTable = 0, aTapTable = 0, bTapTable = 0, packed = 0, tailTable = 0, tail = 0] =
      regions;
    const { ints } = heapOf(backend);
    writeByteOffsets(ints, aTable, aRows, rows);
    writeByteOffsets(ints, cTable, tables.cRows, rows);
    writeByteOffsets(ints, aTapTable, aTaps);
    writeByteOffsets(ints, bTapTable, tables.bTaps);
    if (hasTail) writeByteOffsets(ints, tailTable, strided(rows, tileColumns));
    const { gemmPanel } = nativeOf(backend);
    for (const operands of batch) {
      for (let tap = 0; tap < taps; tap += tapBlock) {
        const count = Math.min(tapBlock, taps - tap);
        const right = {
          start: operands.b,
          taps: bTapTable + 4 * tap,
          count,
          columnStride: tables.bColumnStride,
          columns,
        };
        packPanels(backend, right, packed);
        const tapStart = aTapTable + 4 * tap;
        for (let row = 0; row < rows; row += rowBlock) {
          const start = 4 * row;
          const end = 4 * Math.min(rows, row + rowBlock);
          for (let panel = 0; panel < panels; panel++) {
            const inTail = hasTail && panel === panels - 1;
            gemmPanel(
              operands.a,
              inTail ? tail : operands.c + panel * tileBytes,
              aTable + start,
              aTable + end,
              tapStart,
              tapStart + 4 * count,
              packed + panel * count * tileBytes,
              (inTail ? tailTable : cTable) + start,
              tap === 0 ? 0 : 1,
            );
          }
        }
      }
      if (hasTail) copyTail(backend, tables, tail, operands.c);
    }
  });
}

/** Moves the columns of the last, incomplete panel to C. */
function copyTail(backend: BackendWasm, tables: GemmTables, tail: number, c: number): void {
  const { floats } = heapOf(backend);
  const { cRows, cColumnStride, columns } = tables;
  const first = columns - (columns % tileColumns);
  for (let row = 0; row < cRows.length; row++) {
    const source = (tail >>> 2) + row * tileColumns;
    const target = (c >>> 2) + cRows[row]!;
    for (let column = first; column < columns; column++) {
      floats[target + column * cColumnStride] = floats[source + column - first]!;
    }
  }
}

/** A sum over no taps is zero. */
function clear(backend: BackendWasm, tables: GemmTables, batch: readonly Operands[]): void {
  const { floats } = heapOf(backend);
  for (const { c } of batch) {
    for (const row of tables.cRows) {
      for (let column = 0; column < tables.columns; column++) {
        floats[(c >>> 2) + row + column * tables.cColumnStride] = 0;
      }
    }
  }
}
