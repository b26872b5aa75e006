// A row combined with every row of a matrix: out[r][c] = x[r][c] ∘ row[c], four columns at a time.
import { defineFunction } from './assembler.ts';
import type { WasmFunction } from './assembler.ts';
import { f32x4, i32, repeatWhile } from './instructions.ts';
import type { Code } from './instructions.ts';

/** `x` … `xEnd` holds the matrix, `row` … `rowEnd` one row, a multiple of 16 bytes; neither is empty. */
const rowKernel = (name: string, combine: (left: Code, right: Code) => Code): WasmFunction =>
  defineFunction(
    name,
    { x: 'i32', xEnd: 'i32', row: 'i32', rowEnd: 'i32', out: 'i32' },
    { at: 'i32' },
    (local) => {
      const get = (variable: Parameters<typeof local>[0]): Code => local(variable).get;
      const advance = (variable: Parameters<typeof local>[0]): Code =>
        local(variable).set(i32.add(get(variable), i32.constant(16)));
      return [
        repeatWhile(i32.lessThan(get('x'), get('xEnd')), [
          local('at').set(get('row')),
          repeatWhile(i32.lessThan(get('at'), get('rowEnd')), [
            f32x4.store(get('out'), combine(f32x4.load(get('x')), f32x4.load(get('at')))),
            advance('x'),
            advance('at'),
            advance('out'),
          ]),
        ]),
      ];
    },
  );

export const addRow: WasmFunction = rowKernel('addRow', f32x4.add);
export const subtractRow: WasmFunction = rowKernel('subtractRow', f32x4.subtract);
export const multiplyRow: WasmFunction = rowKernel('multiplyRow', f32x4.multiply);
