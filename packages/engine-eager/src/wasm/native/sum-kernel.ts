// Sums the rows of a matrix, sixteen columns (one cache line) at a time.
import { defineFunction } from './assembler.ts';
import type { WasmFunction } from './assembler.ts';
import { f32x4, i32, repeatWhile } from './instructions.ts';

/** Columns that one call of `sumRows` handles. */
export const sumColumns = 16;
const lanes = [0, 1, 2, 3] as const;

/**
 * `sumRows`: out[0…15] += Σ of the sixteen floats at x, x + rowBytes, … before xEnd. Callers give it short
 * runs of rows, so that rounding errors stay small.
 */
export const sumRows: WasmFunction = defineFunction(
  'sumRows',
  { x: 'i32', xEnd: 'i32', rowBytes: 'i32', out: 'i32' },
  { s0: 'v128', s1: 'v128', s2: 'v128', s3: 'v128' },
  (local) => {
    const { get: x } = local('x');
    const { get: out } = local('out');
    return [
      ...lanes.map((lane) => local(`s${lane}`).set(f32x4.zero)),
      repeatWhile(i32.lessThan(x, local('xEnd').get), [
        ...lanes.map((lane) =>
          local(`s${lane}`).set(f32x4.add(local(`s${lane}`).get, f32x4.load(x, 16 * lane))),
        ),
        local('x').set(i32.add(x, local('rowBytes').get)),
      ]),
      ...lanes.map((lane) =>
        f32x4.store(out, f32x4.add(f32x4.load(out, 16 * lane), local(`s${lane}`).get), 16 * lane),
      ),
    ];
  },
);
