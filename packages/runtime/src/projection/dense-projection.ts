// `dense` of any size.
import { tooLarge } from '../errors.ts';
import type { RuntimeProjection } from '../parameterization/binding.ts';
import { denseMatrix, denseOperations, denseProject, MOST_DENSE_ENTRIES } from './dense.ts';

/** `dense` of core, the paper's semi-orthogonal matrix; the only one that can be trained. */
export const dense: RuntimeProjection = (rows, columns, key) => {
  if (rows * columns > MOST_DENSE_ENTRIES) throw tooLarge('numbers');
  return {
    operations: denseOperations(rows, columns),
    trainable: true,
    project: (z, w = denseMatrix(rows, columns, key)) => denseProject(w, z),
  };
};
