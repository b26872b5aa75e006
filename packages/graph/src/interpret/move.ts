// Operations that move elements and compute nothing.
import { sizeOf } from '@mapping-networks/core';
import type { BroadcastNode, ConcatNode, GatherNode, PadNode, SliceNode, TransposeNode } from '../ir/node.ts';
import type { ElementArray } from '../ir/value-type.ts';
import { broadcastStrides, offsets, rowMajorStrides } from './offsets.ts';
import { allocate, take } from './storage.ts';

type Operands = readonly ElementArray[];

export const evaluateTranspose = (node: TransposeNode, operands: Operands): ElementArray => {
  const strides = rowMajorStrides(node.operands[0].type.shape);
  const permuted = node.permutation.map((axis) => strides[axis] as number);
  return take(node.type, operands[0] as ElementArray, offsets(node.type.shape, permuted));
};

export const evaluateBroadcast = (node: BroadcastNode, operands: Operands): ElementArray => {
  const strides = broadcastStrides(node.operands[0].type.shape, node.type.shape);
  return take(node.type, operands[0] as ElementArray, offsets(node.type.shape, strides));
};

export const evaluateSlice = (node: SliceNode, operands: Operands): ElementArray => {
  const strides = rowMajorStrides(node.operands[0].type.shape);
  const start = strides.reduce((sum, stride, axis) => sum + stride * (node.begin[axis] as number), 0);
  const steps = strides.map((stride, axis) => stride * (node.strides[axis] as number));
  return take(node.type, operands[0] as ElementArray, offsets(node.type.shape, steps, start));
};

/** Writes the elements of an array into a part of a larger one that begins at `begin`. */
const paste = (
  into: ElementArray,
  shape: readonly number[],
  part: ElementArray,
  partShape: readonly number[],
  begin: readonly number[],
): void => {
  const strides = rowMajorStrides(shape);
  const start = strides.reduce((sum, stride, axis) => sum + stride * (begin[axis] as number), 0);
  offsets(partShape, strides, start).forEach((at, i) => {
    into[at] = part[i] as number;
  });
};

export const evaluateConcat = (node: ConcatNode, operands: Operands): ElementArray => {
  const result = allocate(node.type);
  const begin = node.type.shape.map(() => 0);
  node.operands.forEach(({ type }, index) => {
    paste(result, node.type.shape, operands[index] as ElementArray, type.shape, begin);
    begin[node.axis] = (begin[node.axis] as number) + (type.shape[node.axis] as number);
  });
  return result;
};

export const evaluatePad = (node: PadNode, operands: Operands): ElementArray => {
  const result = allocate(node.type).fill(node.value);
  paste(result, node.type.shape, operands[0] as ElementArray, node.operands[0].type.shape, node.before);
  return result;
};

export const evaluateGather = (node: GatherNode, operands: Operands): ElementArray => {
  const [x, indices] = operands as readonly [ElementArray, ElementArray];
  const { shape } = node.operands[0].type;
  const side = shape[node.axis] as number;
  const inner = sizeOf(shape.slice(node.axis + 1));
  const outer = sizeOf(shape.slice(0, node.axis));
  const result = allocate(node.type);
  let at = 0;
  for (let o = 0; o < outer; o++) {
    for (const index of indices) {
      const from = (o * side + index) * inner;
      for (let i = 0; i < inner; i++) result[at++] = x[from + i] as number;
    }
  }
  return result;
};
