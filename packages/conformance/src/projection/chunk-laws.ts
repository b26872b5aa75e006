// A projection that can be cut is the same projection: its chunks together are W, and all of them are computed by the
// operations of one.
import { float32, type NamedArrays, type ProjectionChunks } from '@mapping-networks/core';
import type * as tf from '@tensorflow/tfjs-core';
import { expectClose, expectLength, expectSameBits, expectSpecs } from '../checks/arrays.ts';
import { expectSameArrays } from '../checks/named.ts';
import { gaussian } from '../checks/random-arrays.ts';
import { expectNoLeak, numbersOf } from '../checks/tensors.ts';
import { wrongNames, wrongValue } from '../errors.ts';
import { law, type Law } from '../law.ts';
import { INPUT, type BoundCase } from './bound.ts';

export const chunkLaws = (size: BoundCase): readonly Law[] => {
  const { rows, columns, title, seed, bound, frozen } = size;
  const whole = bound();
  if (whole.chunks === undefined) return [];
  // From as many as there can be to a single one.
  const cuts = (): readonly ProjectionChunks[] =>
    [1, Math.ceil(rows / 3), rows, 2 * rows].flatMap((most) => whole.chunks?.(most) ?? []);
  const z = gaussian(columns, seed, 'chunks');
  return [
    law(`${title}: the chunks together are W, to the bit`, () => {
      const expected = whole.project(z, frozen());
      for (const chunks of cuts()) {
        const count = countOf(chunks, rows);
        for (let k = 0; k < count; k++) {
          const rowsOfChunk = expected.subarray(k * chunks.rows, (k + 1) * chunks.rows);
          expectSameBits(`chunk ${k}`, chunks.project(k, z), rowsOfChunk);
        }
      }
    }),
    law(`${title}: forward of a chunk agrees with its rows`, () => {
      const expected = whole.project(z, frozen());
      for (const chunks of cuts()) {
        const shared = chunks.frozen();
        for (const k of someChunks(chunks, rows)) {
          const constants = { ...shared, ...chunks.table(k), [INPUT]: float32(z) };
          const values = numbersOf(constants, (tensors) =>
            chunks.forward(tensors[INPUT] as tf.Tensor1D, tensors),
          );
          expectLength(`forward of chunk ${k}`, values, chunks.rows);
          const inside = Math.min(chunks.rows, rows - k * chunks.rows);
          const rowsOfChunk = expected.subarray(k * chunks.rows, (k + 1) * chunks.rows);
          expectClose(`forward of chunk ${k}`, values.subarray(0, inside), rowsOfChunk, 1e-5);
        }
      }
    }),
    law(
      `${title}: the tables of chunks have the same names and shapes, and are drawn anew into old ones`,
      () => {
        for (const chunks of cuts()) checkTables(chunks, someChunks(chunks, rows));
      },
    ),
    law(`${title}: no tensor of a chunk is kept, none of the caller's disposed`, () => {
      for (const chunks of cuts()) {
        const inputs = { ...chunks.frozen(), ...chunks.table(0), [INPUT]: float32(z) };
        expectNoLeak('forward of chunk 0', inputs, (tensors) =>
          chunks.forward(tensors[INPUT] as tf.Tensor1D, tensors),
        );
      }
    }),
  ];
};

const countOf = ({ rows }: ProjectionChunks, all: number): number => {
  if (!Number.isSafeInteger(rows) || rows < 1)
    throw wrongValue('rows of a chunk', 'a whole number of at least 1', rows, 'Cut W into whole rows.');
  return Math.ceil(all / rows);
};

/** The first, one in the middle, and the last, which may be cut off. */
const someChunks = (chunks: ProjectionChunks, rows: number): readonly number[] => {
  const last = countOf(chunks, rows) - 1;
  return [...new Set([0, last >> 1, last])];
};

const checkTables = (chunks: ProjectionChunks, some: readonly number[]): void => {
  const first = chunks.table(0);
  const shared = Object.keys(chunks.frozen()).filter((name) => Object.hasOwn(first, name));
  if (shared.length > 0) throw wrongNames('names in both frozen() and table(k)', [], shared);
  const specs = Object.entries(first).map(([name, { shape }]) => ({ name, shape }));
  let reuse: NamedArrays | undefined;
  for (const k of [...some, ...some]) {
    const table = chunks.table(k, reuse);
    expectSpecs(`table(${k})`, table, specs);
    expectSameArrays(`table(${k}, reuse)`, table, chunks.table(k));
    reuse = table;
  }
};
