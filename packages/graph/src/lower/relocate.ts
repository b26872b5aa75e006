// Weights come as pieces of one vector and are wanted in another order: turned, transposed, in blocks. Whatever reshapes,
// transposes and slices say so, it is one table of where each number comes from. onnxruntime's Transpose is
// slow where innermost sides are small; GatherElements does not mind.
import { sizeOf } from '@mapping-networks/core';
import { EVALUATE } from '../interpret/evaluate.ts';
import { applyRule, type Node } from '../ir/node.ts';
import type { ElementArray } from '../ir/value-type.ts';
import { int, type Value } from './emitter.ts';
import { reshaped, type Scope } from './scope.ts';

/** More numbers than that are left to Transpose: tables cost four bytes a number. Below 2²⁴, where float32 counts. */
const MOST = 2 ** 22;

export const moves = (node: Node): boolean =>
  node.kind === 'reshape' || node.kind === 'transpose' || node.kind === 'slice';

/** For each element of `node`, the place in `source` that it is moved from. */
export const placesIn = (source: Node, node: Node): ElementArray =>
  node === source
    ? Float32Array.from({ length: sizeOf(source.type.shape) }, (_, place) => place)
    : applyRule(EVALUATE, node, [placesIn(source, node.operands[0] as Node)], {});

/**
 * The value of a node whose elements are then put in the order `reorder` (which gets one number an element, in the
 * node's order) and the shape given; undefined where that is better done step by step.
 */
export const relocated = (
  node: Node,
  shape: readonly number[],
  reorder: (places: ElementArray) => ElementArray,
  scope: Scope,
): Value | undefined => {
  let source = node;
  while (moves(source)) source = source.operands[0] as Node;
  if (sizeOf(source.type.shape) > MOST) return undefined;
  const places = Int32Array.from(reorder(placesIn(source, node)));
  const stay = places.length === sizeOf(source.type.shape) && places.every((place, at) => place === at);
  if (stay) return reshaped(scope, scope.value(source), shape);
  const table = scope.tensor('places', places, { dtype: 'int32', shape: [places.length] });
  const flat = reshaped(scope, scope.value(source), [sizeOf(source.type.shape)]);
  const taken = scope.emit(
    'GatherElements',
    [flat, table],
    { dtype: flat.dtype, shape: [places.length] },
    { axis: int(0) },
  );
  return reshaped(scope, taken, shape);
};
