// Add, Sub and Multiply of a tensor with one row along its last axis, as a bias or a gain is applied: the
// general broadcasting of tfjs-backend-wasm finds every index anew.
import { Add, Multiply, Sub, util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { addressOf } from '../native/heap.ts';
import { wasmSpecialCase } from './kernel.ts';
import type { SpecialCase } from './kernel.ts';
import { nativeOf } from '../native/native.ts';
import type { Native } from '../native/native.ts';

const rowBroadcast = (kernelName: string, kernel: keyof Native): SpecialCase =>
  wasmSpecialCase<'a' | 'b', object>(kernelName, ({ inputs: { a, b }, backend }) => {
    if (a.dtype !== 'float32' || b.dtype !== 'float32' || !isRowOf(a, b)) return undefined;
    const out = backend.makeOutput(a.shape, 'float32');
    const x = addressOf(backend, a);
    const row = addressOf(backend, b);
    const [length, width] = [a, b].map(({ shape }) => util.sizeFromShape(shape)) as [number, number];
    nativeOf(backend)[kernel](x, x + 4 * length, row, row + 4 * width, addressOf(backend, out));
    return out;
  });

export const add: SpecialCase = rowBroadcast(Add, 'addRow');
export const subtract: SpecialCase = rowBroadcast(Sub, 'subtractRow');
export const multiply: SpecialCase = rowBroadcast(Multiply, 'multiplyRow');

/** Whether `row` has only a last axis, as long as that of `x` and a multiple of four. */
function isRowOf(x: TensorInfo, row: TensorInfo): boolean {
  const width = x.shape.at(-1) ?? 0;
  const leading = row.shape.slice(0, -1);
  return (
    x.shape.length > 1 &&
    row.shape.length <= x.shape.length &&
    row.shape.at(-1) === width &&
    leading.every((size) => size === 1) &&
    width % 4 === 0 &&
    util.sizeFromShape(x.shape) > 0
  );
}
