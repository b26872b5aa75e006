// Operations on rows that integers name.
import { sizeOf } from '@mapping-networks/core';
import type { OneHotNode, SegmentSumNode } from '../ir/node.ts';
import type { ElementArray } from '../ir/value-type.ts';
import { allocate, store } from './storage.ts';

type Operands = readonly ElementArray[];

export const evaluateSegmentSum = (node: SegmentSumNode, operands: Operands): ElementArray => {
  const [x, indices] = operands as readonly [ElementArray, ElementArray];
  const width = sizeOf(node.type.shape.slice(1));
  const sums = new Float64Array(node.segments * width);
  indices.forEach((segment, row) => {
    if (segment < 0 || segment >= node.segments) return;
    for (let i = 0; i < width; i++) {
      const at = segment * width + i;
      sums[at] = (sums[at] as number) + (x[row * width + i] as number);
    }
  });
  return store(node.type, sums);
};

export const evaluateOneHot = (node: OneHotNode, [indices]: Operands): ElementArray => {
  const result = allocate(node.type).fill(node.off);
  indices?.forEach((index, row) => {
    if (index >= 0 && index < node.depth) result[row * node.depth + index] = node.on;
  });
  return result;
};
