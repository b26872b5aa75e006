// Every kernel that can be compiled, and its gradient, on random shapes: recorded, simplified, laid out, lowered and
// run by ONNX Runtime, against TensorFlow.js' cpu backend. The examples are those of the recorder's tests.
import * as fc from 'fast-check';
import { describe, it } from 'vitest';
import { ELEMENTWISE } from '../../graph/test/kernels/elementwise.ts';
import { MOVES } from '../../graph/test/kernels/moves.ts';
import { PRODUCTS } from '../../graph/test/kernels/products.ts';
import { REDUCTIONS } from '../../graph/test/kernels/reductions.ts';
import { expectAgreement, openEngines, runs } from './against-cpu.ts';

const engines = openEngines();

describe.each([
  ['element by element', ELEMENTWISE],
  ['reductions', REDUCTIONS],
  ['moves', MOVES],
  ['products, convolutions, pools', PRODUCTS],
])('%s', (_, table) => {
  it.each(Object.entries(table))('%s', async (_name, examples) => {
    await fc.assert(
      fc.asyncProperty(fc.array(examples, { minLength: 16, maxLength: 16 }), (list) =>
        expectAgreement(engines(), list),
      ),
      runs(1),
    );
  });
});
