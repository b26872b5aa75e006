// The default projection: matrix-free, nearly orthogonal rows, O(P·(a + b)) products on tensors and O(P log n) in the
// canonical generator.
import {
  hadamardAdjoint,
  hadamardOperations,
  hadamardPlan,
  hadamardProject,
  hadamardRowDots,
} from '@mapping-networks/runtime/canonical';
import { z } from 'zod';
import { definePlugin, type Plugin } from '../../plugin/plugin.ts';
import type { BoundProjection } from '../../contracts/projection.ts';
import type { RandomKey } from '../../random/key.ts';
import { bindOneHot } from '../one-hot.ts';
import { checkSize } from '../size.ts';
import { hadamardChunks } from './chunks.ts';
import { hadamardFrozen, randomRows } from './tables.ts';
import { adjoint, forward } from './tensors.ts';

const bindHadamard = (rows: number, columns: number, key: RandomKey): BoundProjection => {
  checkSize('hadamard', rows, columns);
  // A square map only has to be an isometry, and a signed permutation is one exactly.
  if (rows === columns) return bindOneHot(rows, columns, key);
  const plan = hadamardPlan(rows, columns, key);
  return {
    rows,
    columns,
    claims: { orthogonalColumns: rows % plan.n === 0, incoherentRows: true },
    operations: hadamardOperations(plan),
    trainable: [],
    frozen: () => hadamardFrozen(plan),
    randomRows: () => randomRows(plan),
    forward: (latent, frozen) => forward(plan, latent, frozen),
    adjoint: (g, frozen) => adjoint(plan, g, frozen),
    project: (latent) => hadamardProject(plan, latent),
    projectAdjoint: (g) => hadamardAdjoint(plan, g),
    rowNorms: () => new Float32Array(rows).fill(1),
    rowDots: (otherKey) => hadamardRowDots(plan, otherKey),
    chunks: (size) => hadamardChunks(plan, size),
  };
};

/**
 * Block-randomised Hadamard map: block k of θ is (1/√d)·S_k·H·D_k·E_k z. Every row has norm 1; the columns of a full
 * block are orthogonal; at P = d it is a signed permutation. After Fastfood (Le, Sarlós & Smola 2013), as used for
 * random subspaces by Li et al. (2018), with a random subset E_k and left signs S_k of our own.
 *
 * @example
 * ```ts
 * import { hadamard, randomKey } from '@mapping-networks/core';
 * const W = hadamard().impl.bind(10_000, 128, randomKey(0));
 * console.log(W.project(new Float32Array(128).fill(1)).length); // 10000
 * ```
 */
export const hadamard: Plugin<'projection', 'hadamard', object, object> = definePlugin({
  kind: 'projection',
  name: 'hadamard',
  summary: 'Block-randomised Hadamard map: matrix-free, nearly orthogonal rows (the default).',
  options: z.strictObject({}),
  slots: {},
  create: () => ({ bind: bindHadamard }),
});
