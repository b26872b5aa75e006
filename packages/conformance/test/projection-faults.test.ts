// Each law of projections is broken once, on purpose.
import { projectionLaws } from '@mapping-networks/conformance';
import {
  dense,
  float32,
  hadamard,
  linear,
  oneHot,
  randomKey,
  type BoundProjection,
  type Part,
  type Projection,
  type ProjectionChunks,
} from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, test } from 'vitest';
import { expectBroken } from './broken/names.ts';

beforeAll(() => tf.setBackend('cpu'));

const sizes = [{ columns: 70, rows: 300 }];

/** The part with its bound maps changed. */
const changed = (
  part: Part<'projection'>,
  change: (bound: BoundProjection) => Partial<BoundProjection>,
): Part<'projection'> => {
  const bind: Projection['bind'] = (...args) => {
    const bound = part.impl.bind(...args);
    return { ...bound, ...change(bound) };
  };
  return { ...part, impl: { bind } };
};

const scaled = (values: Float32Array, factor: number): Float32Array => values.map((value) => value * factor);

const chunksOf = (bound: BoundProjection, size: number): ProjectionChunks => {
  const chunks = bound.chunks?.(size);
  if (!chunks) throw new Error('expected a map that can be cut');
  return chunks;
};

const withChunks = (change: (chunks: ProjectionChunks) => Partial<ProjectionChunks>): Part<'projection'> =>
  changed(hadamard(), (w) => ({
    chunks: (size) => {
      const chunks = chunksOf(w, size);
      return { ...chunks, ...change(chunks) };
    },
  }));

let calls = 0;

const faults: readonly (readonly [string, Part<'projection'>, string])[] = [
  [
    'adjoint of twice the map',
    changed(hadamard(), (w) => ({ projectAdjoint: (g) => scaled(w.projectAdjoint(g), 2) })),
    '⟨Wz, g⟩',
  ],
  [
    'an offset',
    changed(hadamard(), (w) => ({ project: (z) => w.project(z).map((value) => value + 1) })),
    'W (x + 2y)',
  ],
  [
    'too few rows',
    changed(hadamard(), (w) => ({ project: (z) => w.project(z).subarray(1) })),
    'one finite number for each row',
  ],
  [
    'NaN',
    changed(hadamard(), (w) => ({ project: (z) => scaled(w.project(z), Number.NaN) })),
    'one finite number for each row',
  ],
  [
    'forward off by 1e-4',
    changed(hadamard(), (w) => ({ forward: (z, f) => tf.mul<tf.Tensor1D>(w.forward(z, f), 1.0001) })),
    'forward agrees',
  ],
  [
    'adjoint off by 1e-4',
    changed(hadamard(), (w) => ({ adjoint: (g, f) => tf.mul<tf.Tensor1D>(w.adjoint(g, f), 1.0001) })),
    'adjoint agrees',
  ],
  [
    'a gradient of twice the size',
    changed(hadamard(), (w) => ({
      forward: (z, f) =>
        linear(
          z,
          (x) => w.forward(x, f),
          (dy) => tf.mul<tf.Tensor1D>(w.adjoint(dy, f), 2),
        ),
    })),
    'gradient of forward',
  ],
  [
    'no gradient of the adjoint',
    changed(hadamard(), (w) => ({
      adjoint: (g, f) =>
        linear(
          g,
          (x) => w.adjoint(x, f),
          (dy) => tf.mul<tf.Tensor1D>(w.forward(dy, f), 0),
        ),
    })),
    'gradient of adjoint',
  ],
  [
    'a kept tensor',
    changed(hadamard(), (w) => ({ forward: (z, f) => tf.keep(w.forward(z, f)) })),
    'no tensor is kept',
  ],
  [
    'a disposed input',
    changed(oneHot(), (w) => ({ adjoint: (g, f) => [w.adjoint(g, f), g.dispose()][0] as tf.Tensor1D })),
    'no tensor is kept',
  ],
  [
    'changing constants',
    changed(dense(), (w) => ({
      frozen: () => ({
        W: {
          dtype: 'float32',
          shape: [300, 70],
          data: scaled(w.frozen()['W']?.data as Float32Array, 1 + calls++),
        },
      }),
    })),
    'constants are the same',
  ],
  [
    'wrong norms',
    changed(hadamard(), (w) => ({
      rowNorms: () => w.rowNorms().map((norm, i) => (i % 2 === 0 ? norm * 1.2 : norm)),
    })),
    'rowNorms are the norms',
  ],
  [
    'norms of mean square 2',
    changed(hadamard(), (w) => ({ rowNorms: () => scaled(w.rowNorms(), Math.SQRT2) })),
    'mean square',
  ],
  [
    'wrong products',
    changed(hadamard(), (w) => ({ rowDots: (key) => scaled(w.rowDots(key), -1) })),
    'rowDots are',
  ],
  [
    'columns that are not orthogonal',
    changed(hadamard(), () => ({ claims: { orthogonalColumns: true, incoherentRows: false } })),
    'WᵀW',
  ],
  [
    'tied rows',
    changed(oneHot(), () => ({ claims: { orthogonalColumns: false, incoherentRows: true } })),
    'no two rows',
  ],
  [
    'a square map that mixes',
    changed(dense(), (w) => ({
      project: (z, f) =>
        w.project(
          z.map((value, i) => value + (z[i + 1] ?? 0)),
          f,
        ),
    })),
    'signed permutation',
  ],
  [
    'a key that is ignored',
    { ...hadamard(), impl: { bind: (rows, columns) => hadamard().impl.bind(rows, columns, randomKey(1)) } },
    'another key',
  ],
  [
    'state',
    changed(hadamard(), (w) => ({ project: (z) => scaled(w.project(z), 1 + calls++) })),
    'the same key',
  ],
  [
    'trained constants that project ignores',
    changed(dense(), (w) => ({ project: (z) => w.project(z) })),
    'project takes the constants',
  ],
  [
    'trained constants that are not there',
    changed(dense(), () => ({ trainable: [{ name: 'V', shape: [300, 70] }] })),
    'trainable constants',
  ],
  [
    'chunks of another map',
    changed(hadamard(), () => ({
      chunks: (size) => chunksOf(hadamard().impl.bind(300, 70, randomKey(9)), size),
    })),
    'the chunks together',
  ],
  [
    'a chunk off by 1e-4',
    withChunks((chunks) => ({ forward: (z, f) => tf.mul<tf.Tensor1D>(chunks.forward(z, f), 1.0001) })),
    'forward of a chunk',
  ],
  [
    'a table that old arrays shine through',
    withChunks((chunks) => ({ table: (k, reuse) => reuse ?? chunks.table(k) })),
    'drawn anew',
  ],
  [
    'a table of another shape for the last chunk',
    withChunks((chunks) => ({
      table: (k) => (k < 2 ? chunks.table(k) : { left: float32(new Float32Array(3)) }),
    })),
    'same names and shapes',
  ],
  ['chunks of no rows', withChunks(() => ({ rows: 0 })), 'the chunks together'],
  [
    'a kept tensor of a chunk',
    withChunks((chunks) => ({ forward: (z, f) => tf.keep(chunks.forward(z, f)) })),
    'no tensor of a chunk',
  ],
];

describe('the suite rejects', () => {
  test.each(faults)('%s', async (_name, part, fragment) => {
    await expectBroken(projectionLaws(part, { sizes }), fragment);
  });

  test.each(['claims', 'trainable', 'frozen', 'rowDots'] as const)('a map without %s', async (member) => {
    const incomplete = changed(hadamard(), () => ({ [member]: undefined }));
    await expectBroken(projectionLaws(incomplete, { sizes }), 'every member');
  });
});
