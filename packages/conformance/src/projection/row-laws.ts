// What a projection says about its rows without forming them, against rows that are formed.
import { float32, type NamedArrays, type NamedTensors } from '@mapping-networks/core';
import type * as tf from '@tensorflow/tfjs-core';
import { expectClose, expectLength, expectSameBits } from '../checks/arrays.ts';
import { expectGradient } from '../checks/gradient.ts';
import { gaussian, sampled } from '../checks/random-arrays.ts';
import { wrongValue } from '../errors.ts';
import { law, type Law } from '../law.ts';
import { dot, INPUT, rowOf, type BoundCase } from './bound.ts';

/** Rows that are formed: some at random, and the last, where blocks are cut off. */
const someRows = ({ rows, seed }: BoundCase): number[] => [...sampled(60, rows - 1, seed, 'rows'), rows - 1];

export const rowLaws = (size: BoundCase): readonly Law[] => {
  const { rows, title, bound, frozen, otherKey } = size;
  return [
    law(`${title}: rowNorms are the norms of the rows`, () => {
      const norms = bound().rowNorms();
      expectLength('rowNorms()', norms, rows);
      const formed = someRows(size).map((j) => rowOf(bound(), frozen(), j));
      const expected = formed.map((row) => Math.sqrt(dot(row, row)));
      expectClose(
        'rowNorms() of some rows',
        someRows(size).map((j) => norms[j] ?? 0),
        expected,
        1e-5,
      );
    }),
    law(`${title}: the mean square of the row norms is 1`, () => {
      const norms = bound().rowNorms();
      expectClose('mean of ‖w_j‖²', [dot(norms, norms) / rows], [1], 1e-5);
    }),
    law(`${title}: rowDots are the products with the rows of another key`, () => {
      const dots = bound().rowDots(otherKey);
      expectLength('rowDots()', dots, rows);
      const other = size.boundTo(otherKey);
      const otherFrozen = other.frozen();
      const expected = someRows(size).map((j) =>
        dot(rowOf(bound(), frozen(), j), rowOf(other, otherFrozen, j)),
      );
      expectClose(
        'rowDots() of some rows',
        someRows(size).map((j) => dots[j] ?? 0),
        expected,
        1e-5,
        1,
      );
    }),
    ...trainableLaws(size),
  ];
};

/** Arrays that may be trained are among the constants, and forward and project follow them. */
const trainableLaws = (size: BoundCase): readonly Law[] => {
  const { columns, title, seed, bound, frozen } = size;
  const { trainable } = bound();
  if (trainable.length === 0) return [];
  const arrays = (): NamedArrays =>
    Object.fromEntries(trainable.map(({ name }) => [name, trained(frozen(), name)]));
  const z = gaussian(columns, seed, 'z');
  return [
    law(`${title}: forward is differentiable in the trainable constants`, () => {
      const compute = (tensors: NamedTensors): tf.Tensor =>
        bound().forward(tensors[INPUT] as tf.Tensor1D, tensors);
      const constants = { ...frozen(), [INPUT]: float32(z) };
      expectGradient('forward', { at: arrays(), constants, compute }, { seed });
    }),
    law(`${title}: project takes the constants given to it`, () => {
      const doubled = Object.fromEntries(
        Object.entries(arrays()).map(([name, { data, shape }]) => [
          name,
          float32(
            Float32Array.from(data, (x) => 2 * x),
            shape,
          ),
        ]),
      );
      const plain = bound().project(z);
      expectSameBits('project(z, frozen())', bound().project(z, frozen()), plain);
      expectClose(
        'project with doubled constants',
        bound().project(z, { ...frozen(), ...doubled }),
        plain.map((x) => 2 ** trainable.length * x),
        1e-5,
      );
    }),
  ];
};

const trained = (frozen: NamedArrays, name: string): NamedArrays[string] => {
  const array = frozen[name];
  if (array?.dtype === 'float32') return array;
  throw wrongValue(
    `trainable constant '${name}'`,
    'float32',
    array?.dtype ?? 'none',
    'Declare float32 arrays that frozen() returns.',
  );
};
