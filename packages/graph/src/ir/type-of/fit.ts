// What rows ask of operands. The recording backend has checked what users wrote by then: what is refused here is a mistake
// of a pass.
import { invalidNode } from '../../errors.ts';
import type { Kind, Node } from '../node.ts';
import { sameShape } from '../same-shape.ts';
import type { DType, ValueType } from '../value-type.ts';

export const fit = (condition: boolean, kind: Kind, problem: () => string): void => {
  if (!condition) throw invalidNode(kind, problem());
};

export const shown = ({ dtype, shape }: ValueType): string => `${dtype} [${shape.join(', ')}]`;

export const hasRank = (kind: Kind, { type }: Node, rank: number): void =>
  fit(type.shape.length === rank, kind, () => `expected an operand of rank ${rank}, got ${shown(type)}`);

export const hasType = (kind: Kind, { type }: Node, dtype: DType): void =>
  fit(type.dtype === dtype, kind, () => `expected an operand of type ${dtype}, got ${shown(type)}`);

export const hasAxis = (kind: Kind, { type }: Node, axis: number): void =>
  fit(
    Number.isInteger(axis) && axis >= 0 && axis < type.shape.length,
    kind,
    () => `axis ${axis} of ${shown(type)}`,
  );

export const hasShape = (kind: Kind, { type }: Node, shape: readonly number[]): void =>
  fit(sameShape(type.shape, shape), kind, () => `expected shape [${shape.join(', ')}], got ${shown(type)}`);

/** 0 where there is no such axis. */
export const sideOf = ({ type }: Node, axis: number): number => type.shape.at(axis) ?? 0;
