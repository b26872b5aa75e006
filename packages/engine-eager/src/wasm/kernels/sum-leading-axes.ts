// Sum and Mean over the leading axes, as in the gradient of a bias or the statistics of batch normalisation:
// tfjs-backend-wasm transposes the whole tensor first; here its rows are added up where they lie.
import { Mean, Sum, util } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { SumAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import { addressOf, floatsOf } from '../native/heap.ts';
import { wasmSpecialCase } from './kernel.ts';
import type { KernelArguments, SpecialCase } from './kernel.ts';
import { nativeOf } from '../native/native.ts';
import { sumColumns } from '../native/sum-kernel.ts';

/** Rows added in one go: short enough for small rounding errors, long enough to hide the call. */
const rowsAtOnce = 256;

export const sum: SpecialCase = wasmSpecialCase<'x', SumAttrs>(Sum, sumLeadingAxes);

export const mean: SpecialCase = wasmSpecialCase<'x', SumAttrs>(Mean, (args) => {
  const out = sumLeadingAxes(args);
  if (out === undefined) return undefined;
  const { inputs, backend } = args;
  const count = util.sizeFromShape(inputs.x.shape) / util.sizeFromShape(out.shape);
  const values = floatsOf(backend, out);
  for (let column = 0; column < values.length; column++) values[column]! /= count;
  return out;
});

function sumLeadingAxes({ inputs, attrs, backend }: KernelArguments<'x', SumAttrs>): TensorInfo | undefined {
  const { x } = inputs;
  const axes = util.parseAxisParam(attrs.axis, x.shape);
  const leading = axes.length > 0 && [...axes].sort((a, b) => a - b).every((axis, index) => axis === index);
  const kept = x.shape.slice(axes.length);
  const columns = util.sizeFromShape(kept);
  const rows = util.sizeFromShape(x.shape.slice(0, axes.length));
  if (!leading || x.dtype !== 'float32' || kept.length === 0 || columns % sumColumns !== 0) return undefined;
  const shape = attrs.keepDims ? [...axes.map(() => 1), ...kept] : kept;
  const out = backend.makeOutput(shape, 'float32');
  floatsOf(backend, out).fill(0);
  addRows(backend, addressOf(backend, x), addressOf(backend, out), rows, columns);
  return out;
}

function addRows(backend: BackendWasm, x: number, out: number, rows: number, columns: number): void {
  const { sumRows } = nativeOf(backend);
  const rowBytes = 4 * columns;
  for (let row = 0; row < rows; row += rowsAtOnce) {
    const start = x + row * rowBytes;
    const end = x + Math.min(rows, row + rowsAtOnce) * rowBytes;
    for (let column = 0; column < rowBytes; column += 4 * sumColumns) {
      sumRows(start + column, end, rowBytes, out + column);
    }
  }
}
