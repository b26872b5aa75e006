// `hadamard` of any size.
import type { RuntimeProjection } from '../parameterization/binding.ts';
import { hadamardProject } from './hadamard/canonical.ts';
import { hadamardOperations, hadamardPlan } from './hadamard/plan.ts';
import { oneHotOperations, oneHotProject, oneHotTable } from './one-hot.ts';

/** `oneHot` of core: signed weight sharing. */
export const oneHot: RuntimeProjection = (rows, _, key) => ({
  operations: oneHotOperations(rows),
  project: (z) => oneHotProject(oneHotTable(rows, key), z, 0, rows),
});

/** `hadamard` of core, the default of `mapping`. */
export const hadamard: RuntimeProjection = (rows, columns, key) => {
  // A square map only has to be an isometry, and a signed permutation is one exactly.
  if (rows === columns) return oneHot(rows, columns, key);
  const plan = hadamardPlan(rows, columns, key);
  return { operations: hadamardOperations(plan), project: (z) => hadamardProject(plan, z) };
};
