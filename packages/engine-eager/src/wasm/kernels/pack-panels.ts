// Rearranges a block of rows of B into panels of eight columns, the last one filled up with zeros, so that
// the inner loop reads it in order whatever the layout of B was.
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { tileColumns } from '../native/gemm-kernel.ts';
import { heapOf } from '../native/heap.ts';
import { nativeOf } from '../native/native.ts';

/** A block of B: `count` rows whose byte offsets from `start` are listed at address `taps`. */
export interface RightBlock {
  readonly start: number;
  readonly taps: number;
  readonly count: number;
  readonly columnStride: number;
  readonly columns: number;
}

/** Writes all panels of `block`, one after the other, at address `to`. */
export function packPanels(backend: BackendWasm, block: RightBlock, to: number): void {
  const { start, taps, count, columnStride, columns } = block;
  const { packPanel } = nativeOf(backend);
  let panel = to;
  for (let column = 0; column < columns; column += tileColumns) {
    const from = start + 4 * column * columnStride;
    const width = Math.min(tileColumns, columns - column);
    if (width === tileColumns && columnStride === 1) packPanel(from, taps, taps + 4 * count, panel);
    else gatherPanel(backend, block, from, width, panel);
    panel += 4 * tileColumns * count;
  }
}

/** The general case: columns that are not neighbours in memory, or fewer than eight. */
function gatherPanel(backend: BackendWasm, block: RightBlock, from: number, width: number, to: number): void {
  const { floats, ints } = heapOf(backend);
  const firstTap = block.taps >>> 2;
  let target = to >>> 2;
  for (let tap = firstTap; tap < firstTap + block.count; tap++) {
    let source = (from + ints[tap]!) >>> 2;
    for (let lane = 0; lane < width; lane++) {
      floats[target + lane] = floats[source]!;
      source += block.columnStride;
    }
    for (let lane = width; lane < tileColumns; lane++) floats[target + lane] = 0;
    target += tileColumns;
  }
}
