// What constants are called: those that the step was given, as they were there; what is gathered or summed by, `indices`.
import type { NamedArrays } from '@mapping-networks/core';
import type { ConstantNode, Node } from '../ir/node.ts';
import type { ElementArray } from '../ir/value-type.ts';

export const constantNames = (
  nodes: readonly Node[],
  given: NamedArrays,
): ((node: ConstantNode) => string) => {
  const names = new Map<ElementArray, string>(Object.entries(given).map(([name, { data }]) => [data, name]));
  const indices = new Set(
    nodes.flatMap((node) => (node.kind === 'gather' || node.kind === 'segmentSum' ? [node.operands[1]] : [])),
  );
  return (node) => names.get(node.data) ?? (indices.has(node) ? 'indices' : 'constant');
};
