// The Hadamard map in chunks of whole blocks. Its blocks differ in nothing but what is drawn for them, so that a chunk is
// a map of fewer blocks, and what is computed for one is computed for all.
import {
  blockRange,
  hadamardBlock,
  hadamardProject,
  type HadamardPlan,
} from '@mapping-networks/runtime/canonical';
import { float32, int32 } from '../../arrays.ts';
import type { ProjectionChunks } from '../../contracts/projection.ts';
import { hadamardFactors, tableWriter } from './tables.ts';
import { spreadAndTransform } from './tensors.ts';

export const hadamardChunks = (plan: HadamardPlan, size: number): ProjectionChunks => {
  const { n, blocks } = plan;
  const count = Math.ceil(blocks / Math.max(1, Math.floor(size / n)));
  const perChunk = Math.ceil(blocks / count);
  const rows = perChunk * n;
  const chunk = blockRange(plan, 0, rows);
  const write = tableWriter(plan);
  return {
    rows,
    frozen: () => hadamardFactors(plan),
    table: (k, reuse) => {
      const spread = (reuse?.['spread']?.data as Int32Array | undefined) ?? new Int32Array(rows);
      const left = (reuse?.['left']?.data as Float32Array | undefined) ?? new Float32Array(rows);
      for (let i = 0; i < perChunk; i++) {
        const block = hadamardBlock(plan, k * perChunk + i);
        write.spread(block, spread, i * n);
        write.left(block, left, i * n);
      }
      return { spread: int32(spread), left: float32(left) };
    },
    forward: (z, constants) => spreadAndTransform(chunk, z, constants),
    project: (k, z) =>
      hadamardProject(blockRange(plan, k * perChunk, Math.min(rows, plan.rows - k * rows)), z),
  };
};
