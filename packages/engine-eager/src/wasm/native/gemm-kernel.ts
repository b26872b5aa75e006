// The inner loop of every matrix product here, as WebAssembly: a tile of `tileRows` rows by 8 columns of C
// stays in registers while the shared dimension is walked. Rows and taps of A are found through offset
// tables, so that the same loop serves products of any transposition and convolutions without im2col.
import { defineFunction } from './assembler.ts';
import type { WasmFunction } from './assembler.ts';
import { f32x4, i32, repeatWhile, when } from './instructions.ts';
import type { Code } from './instructions.ts';

/** Rows of C held in registers at once; row tables are padded to a multiple of it. */
export const tileRows = 4;
/** Columns of C held in registers at once: two vectors of four. */
export const tileColumns = 8;

const indices: readonly number[] = Array.from({ length: tileRows }, (_, row) => row);
const pointer = (row: number): `a${number}` => `a${row}`;
const left = (row: number): `l${number}` => `l${row}`;
const right = (row: number): `r${number}` => `r${row}`;

type Params = 'a' | 'c' | 'rows' | 'rowsEnd' | 'taps' | 'tapsEnd' | 'panel' | 'cRows' | 'accumulate';
type Locals = 'tap' | 'b' | 'offset' | 'b0' | 'b1' | 'splat' | 'target' | `${'a' | 'l' | 'r'}${number}`;

const named = <T>(name: (row: number) => Locals, type: T): [Locals, T][] =>
  indices.map((row) => [name(row), type]);

/**
 * `gemmPanel`: for every row r and eight columns n, C[r][n] (+)= Σ_k A[r][k]·panel[k][n], where A[r][k] lies
 * at address a + rows[r] + taps[k] and C[r][n] at c + cRows[r] + 4n; all tables hold byte offsets. With
 * `fused`, products are added with one rounding instead of two, which newer versions of V8 can do, and
 * faster.
 */
export const gemmPanel = (fused: boolean): WasmFunction =>
  defineFunction<Params, Locals>(
    'gemmPanel',
    {
      a: 'i32',
      c: 'i32',
      rows: 'i32',
      rowsEnd: 'i32',
      taps: 'i32',
      tapsEnd: 'i32',
      panel: 'i32',
      cRows: 'i32',
      accumulate: 'i32',
    },
    {
      tap: 'i32',
      b: 'i32',
      offset: 'i32',
      target: 'i32',
      b0: 'v128',
      b1: 'v128',
      splat: 'v128',
      ...Object.fromEntries([...named(pointer, 'i32'), ...named(left, 'v128'), ...named(right, 'v128')]),
    },
    (local) => {
      const { get: tap } = local('tap');
      const { get: b } = local('b');
      const plusProduct = (sum: Locals, factor: Locals): Code => {
        const [{ get: old }, { get: left }, { get: right }] = [local(sum), local('splat'), local(factor)];
        return local(sum).set(
          fused ? f32x4.relaxedMultiplyAdd(left, right, old) : f32x4.add(old, f32x4.multiply(left, right)),
        );
      };

      // Not unrolled: V8 then keeps the whole tile in registers, which is worth more than fewer branches.
      const sumOverTaps = repeatWhile(i32.lessThan(tap, local('tapsEnd').get), [
        local('offset').set(i32.load(tap)),
        local('b0').set(f32x4.load(b)),
        local('b1').set(f32x4.load(b, 16)),
        ...indices.flatMap((row) => [
          local('splat').set(f32x4.loadSplat(i32.add(local(pointer(row)).get, local('offset').get))),
          plusProduct(left(row), 'b0'),
          plusProduct(right(row), 'b1'),
        ]),
        local('tap').set(i32.add(tap, i32.constant(4))),
        local('b').set(i32.add(b, i32.constant(32))),
      ]);
      const startTile = indices.flatMap((row) => [
        local(pointer(row)).set(i32.add(local('a').get, i32.load(local('rows').get, 4 * row))),
        local(left(row)).set(f32x4.zero),
        local(right(row)).set(f32x4.zero),
      ]);
      // Padded tables repeat the last row: all reads of C come before all writes.
      const addOld = indices.flatMap((row) => [
        local('target').set(i32.add(local('c').get, i32.load(local('cRows').get, 4 * row))),
        local(left(row)).set(f32x4.add(f32x4.load(local('target').get), local(left(row)).get)),
        local(right(row)).set(f32x4.add(f32x4.load(local('target').get, 16), local(right(row)).get)),
      ]);
      const writeTile = indices.flatMap((row) => [
        local('target').set(i32.add(local('c').get, i32.load(local('cRows').get, 4 * row))),
        f32x4.store(local('target').get, local(left(row)).get),
        f32x4.store(local('target').get, local(right(row)).get, 16),
      ]);
      const nextTile = (['rows', 'cRows'] as const).map((table) =>
        local(table).set(i32.add(local(table).get, i32.constant(4 * tileRows))),
      );

      return [
        repeatWhile(i32.lessThan(local('rows').get, local('rowsEnd').get), [
          local('tap').set(local('taps').get),
          local('b').set(local('panel').get),
          ...startTile,
          sumOverTaps,
          when(local('accumulate').get, addOld),
          ...writeTile,
          ...nextTile,
        ]),
      ];
    },
  );
