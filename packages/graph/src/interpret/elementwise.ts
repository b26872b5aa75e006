// Operations that work element by element, shapes broadcasting as in numpy.
import { sizeOf } from '@mapping-networks/core';
import type { BinaryNode, CastNode, Node, SelectNode, UnaryNode } from '../ir/node.ts';
import type { ElementArray } from '../ir/value-type.ts';
import { broadcastStrides, offsets } from './offsets.ts';
import { BINARY, UNARY } from './scalar-functions.ts';
import { allocate, take } from './storage.ts';

type Operands = readonly ElementArray[];

export const evaluateUnary = (node: UnaryNode, [x]: Operands): ElementArray => {
  const result = allocate(node.type);
  const apply = UNARY[node.op];
  for (let i = 0; i < result.length; i++) result[i] = apply(x?.[i] as number);
  return result;
};

export const evaluateBinary = (node: BinaryNode, operands: Operands): ElementArray => {
  const [a, b] = aligned(node, operands);
  const result = allocate(node.type);
  const integers = node.op === 'div' && node.type.dtype === 'int32';
  const apply = BINARY[integers ? 'floorDiv' : node.op];
  for (let i = 0; i < result.length; i++) result[i] = apply(a?.[i] as number, b?.[i] as number);
  return result;
};

export const evaluateSelect = (node: SelectNode, operands: Operands): ElementArray => {
  const [condition, a, b] = aligned(node, operands);
  const result = allocate(node.type);
  for (let i = 0; i < result.length; i++) result[i] = (condition?.[i] === 0 ? b : a)?.[i] as number;
  return result;
};

export const evaluateCast = (node: CastNode, [x]: Operands): ElementArray => {
  const result = allocate(node.type);
  const toBool = node.type.dtype === 'bool';
  for (let i = 0; i < result.length; i++) {
    const value = x?.[i] as number;
    result[i] = toBool ? Number(value !== 0) : value;
  }
  return result;
};

/** The operands repeated to the shape of the result, where they do not have it already. */
const aligned = ({ type: { shape }, operands: nodes }: Node, operands: Operands): Operands =>
  operands.map((operand, index) => {
    const { type } = nodes[index] as Node;
    if (sizeOf(type.shape) === sizeOf(shape)) return operand;
    return take({ shape, dtype: type.dtype }, operand, offsets(shape, broadcastStrides(type.shape, shape)));
  });
