// Matrix products addressed through tables: C[r][n] = Σ_k A[r][k]·B[k][n], where every operand is found as
// "offset of the row + offset of the tap". A convolution, each of its gradients, and a matrix product with
// any transposition are all of this form, so one blocked loop over the SIMD kernel serves them all.
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { strided } from './conv-tables.ts';
import { tileColumns, tileRows } from '../native/gemm-kernel.ts';
import { heapOf, withScratch, writeByteOffsets } from '../native/heap.ts';
import { nativeOf } from '../native/native.ts';
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

/** Taps summed in one go: a packed panel of them (8 KB) stays in the first-level cache. */
const tapBlock = 256;
/** Rows passed over before the next panel: what they touch of A stays in the second-level cache. */
const rowBlock = 170 * tileRows;
const tileBytes = 4 * tileColumns;

/** Where the tables and the working space of a product lie in memory. */
interface Layout {
  readonly aRows: number;
  readonly cRows: number;
  readonly aTaps: number;
  readonly bTaps: number;
  /** Panels of a block of B. */
  readonly packed: number;
  /** Rows of the last panel of C when it has fewer than eight columns, and their offsets. */
  readonly tail: number;
  readonly tailRows: number;
}

/** Computes one product for each entry of `batch`, all with the same tables. */
export function tableGemm(backend: BackendWasm, tables: GemmTables, batch: readonly Operands[]): void {
  const { columns } = tables;
  const taps = tables.aTaps.length;
  if (tables.aRows.length === 0 || columns === 0) return;
  if (taps === 0) return clear(backend, tables, batch);
  const rows = Math.ceil(tables.aRows.length / tileRows) * tileRows;
  const panels = Math.ceil(columns / tileColumns);
  const tailed = columns % tileColumns === 0 ? 0 : rows;
  const sizes = [rows, rows, taps, taps, panels * tapBlock * tileColumns, tailed * tileColumns, tailed];
  withScratch(
    backend,
    sizes.map((size) => 4 * size),
    (aRows = 0, cRows = 0, aTaps = 0, bTaps = 0, packed = 0, tail = 0, tailRows = 0) => {
      const { ints } = heapOf(backend);
      writeByteOffsets(ints, aRows, tables.aRows, rows);
      writeByteOffsets(ints, cRows, tables.cRows, rows);
      writeByteOffsets(ints, aTaps, tables.aTaps);
      writeByteOffsets(ints, bTaps, tables.bTaps);
      writeByteOffsets(ints, tailRows, strided(tailed, tileColumns));
      const layout = { aRows, cRows, aTaps, bTaps, packed, tail, tailRows };
      for (const operands of batch) {
        for (let tap = 0; tap < taps; tap += tapBlock) addTaps(backend, tables, layout, operands, tap);
        if (tailed > 0) copyTail(backend, tables, tail, operands.c);
      }
    },
  );
}

/** Adds the products of one block of taps to C; the first block starts C. */
function addTaps(
  backend: BackendWasm,
  tables: GemmTables,
  layout: Layout,
  operands: Operands,
  tap: number,
): void {
  const { bColumnStride: columnStride, columns } = tables;
  const count = Math.min(tapBlock, tables.aTaps.length - tap);
  const block = { start: operands.b, taps: layout.bTaps + 4 * tap, count, columnStride, columns };
  packPanels(backend, block, layout.packed);
  const { gemmPanel } = nativeOf(backend);
  const taps = layout.aTaps + 4 * tap;
  const tableBytes = 4 * Math.ceil(tables.aRows.length / tileRows) * tileRows;
  for (let start = 0; start < tableBytes; start += 4 * rowBlock) {
    const end = Math.min(tableBytes, start + 4 * rowBlock);
    for (let panel = 0; panel * tileColumns < columns; panel++) {
      const inTail = columns - panel * tileColumns < tileColumns;
      gemmPanel(
        operands.a,
        inTail ? layout.tail : operands.c + panel * tileBytes,
        layout.aRows + start,
        layout.aRows + end,
        taps,
        taps + 4 * count,
        layout.packed + panel * count * tileBytes,
        (inTail ? layout.tailRows : layout.cRows) + start,
        tap === 0 ? 0 : 1,
      );
    }
  }
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
