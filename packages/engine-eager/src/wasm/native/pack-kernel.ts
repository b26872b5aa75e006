// Copies one panel of a matrix (eight neighbouring columns) into the contiguous form that `gemmPanel` reads.
import { defineFunction } from './assembler.ts';
import type { WasmFunction } from './assembler.ts';
import { f32x4, i32, repeatWhile } from './instructions.ts';

/**
 * `packPanel`: panel[k][0…7] = the eight floats at b + taps[k]; `taps` holds byte offsets up to `tapsEnd`.
 */
export const packPanel: WasmFunction = defineFunction(
  'packPanel',
  { b: 'i32', taps: 'i32', tapsEnd: 'i32', panel: 'i32' },
  { row: 'i32' },
  (local) => {
    const { get: row } = local('row');
    const { get: taps } = local('taps');
    const { get: panel } = local('panel');
    return [
      repeatWhile(i32.lessThan(taps, local('tapsEnd').get), [
        local('row').set(i32.add(local('b').get, i32.load(taps))),
        f32x4.store(panel, f32x4.load(row)),
        f32x4.store(panel, f32x4.load(row, 16), 16),
        local('panel').set(i32.add(panel, i32.constant(32))),
        local('taps').set(i32.add(taps, i32.constant(4))),
      ]),
    ];
  },
);
