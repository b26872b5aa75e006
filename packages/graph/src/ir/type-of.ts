// The type of what each kind of node yields, and whether its operands fit. The recording backend has checked what users
// wrote by then: what is refused here is a mistake of a pass.
import { sizeOf } from '@mapping-networks/core';
import { invalidNode } from '../errors.ts';
import { ARRAYS } from './arrays.ts';
import { broadcastShapes } from './broadcast-shapes.ts';
import type { Draft, Kind, Node, NodeOf } from './node.ts';
import { sameShape } from './same-shape.ts';
import type { DType, ValueType } from './value-type.ts';
import type { Window2d } from './window.ts';

/** Kinds whose type does not follow from operands and attributes: their drafts carry it. */
export type GivenType = 'broadcast' | 'cast' | 'constant' | 'fill' | 'input' | 'reshape' | 'slice';

/** A node to be made: with its type only where that does not follow. */
export type DraftOf<K extends Kind> = K extends GivenType ? NodeOf<K> : Draft<NodeOf<K>>;

/** Drafts of all kinds; a union to be told apart by `kind`. */
export type AnyDraft = { [K in Kind]: DraftOf<K> }[Kind];

/** One row a kind: the type of what it computes. */
export type TypeRules = { readonly [K in Kind]: (draft: DraftOf<K>) => ValueType };

const fit = (condition: boolean, kind: Kind, problem: () => string): void => {
  if (!condition) throw invalidNode(kind, problem());
};

const shown = ({ dtype, shape }: ValueType): string => `${dtype} [${shape.join(', ')}]`;

const hasRank = (kind: Kind, { type }: Node, rank: number): void =>
  fit(type.shape.length === rank, kind, () => `expected an operand of rank ${rank}, got ${shown(type)}`);

const hasType = (kind: Kind, { type }: Node, dtype: DType): void =>
  fit(type.dtype === dtype, kind, () => `expected an operand of type ${dtype}, got ${shown(type)}`);

const hasAxis = (kind: Kind, { type }: Node, axis: number): void =>
  fit(
    Number.isInteger(axis) && axis >= 0 && axis < type.shape.length,
    kind,
    () => `axis ${axis} of ${shown(type)}`,
  );

const hasShape = (kind: Kind, { type }: Node, shape: readonly number[]): void =>
  fit(sameShape(type.shape, shape), kind, () => `expected shape [${shape.join(', ')}], got ${shown(type)}`);

const broadcast = (kind: Kind, operands: readonly Node[]): readonly number[] =>
  operands
    .map(({ type }) => type.shape)
    .reduce((a, b) => {
      const shape = broadcastShapes(a, b);
      if (shape === undefined) {
        throw invalidNode(
          kind,
          `operands do not broadcast: ${operands.map((x) => shown(x.type)).join(', ')}`,
        );
      }
      return shape;
    });

const sideOf = ({ type }: Node, axis: number): number => type.shape.at(axis) ?? 0;

/** `[N, …window's side, C]`. */
const spatialShape = (x: Node, side: readonly [number, number], channels: number): readonly number[] => [
  sideOf(x, 0),
  ...side,
  channels,
];

const fitsWindow = (kind: Kind, x: Node, side: 'input' | 'output', window: Window2d): void => {
  hasType(kind, x, 'float32');
  hasRank(kind, x, 4);
  hasShape(kind, x, spatialShape(x, window[side], sideOf(x, 3)));
};

const fitsFilter = (kind: Kind, filter: Node, { size }: Window2d): void => {
  hasType(kind, filter, 'float32');
  hasRank(kind, filter, 4);
  hasShape(kind, filter, [...size, sideOf(filter, 2), sideOf(filter, 3)]);
};

const YIELD_BOOL = new Set<string>([
  'equal',
  'greater',
  'greaterEqual',
  'isFinite',
  'isInf',
  'isNaN',
  'less',
  'lessEqual',
  'logicalAnd',
  'logicalNot',
  'logicalOr',
  'notEqual',
]);

const TYPE_OF: TypeRules = {
  argExtreme: ({ kind, operands: [x], axis }) => {
    hasAxis(kind, x, axis);
    fit(sideOf(x, axis) > 0, kind, () => 'an axis without elements');
    return { shape: x.type.shape.toSpliced(axis, 1), dtype: 'int32' };
  },
  averagePool2dGradient: ({ kind, operands: [dy], window }) => {
    fitsWindow(kind, dy, 'output', window);
    return { shape: spatialShape(dy, window.input, sideOf(dy, 3)), dtype: 'float32' };
  },
  binary: ({ kind, op, operands }) => {
    const [a, b] = operands;
    fit(a.type.dtype === b.type.dtype, kind, () => `${op} of ${shown(a.type)} and ${shown(b.type)}`);
    if (op.startsWith('logical')) hasType(kind, a, 'bool');
    const dtype = YIELD_BOOL.has(op) ? 'bool' : a.type.dtype;
    return { shape: broadcast(kind, operands), dtype };
  },
  broadcast: ({ kind, operands: [x], type: { shape } }) => {
    const common = broadcastShapes(x.type.shape, shape);
    fit(
      common !== undefined && sameShape(common, shape),
      kind,
      () => `${shown(x.type)} to [${shape.join(', ')}]`,
    );
    return { shape, dtype: x.type.dtype };
  },
  cast: ({ operands: [x], type }) => ({ shape: x.type.shape, dtype: type.dtype }),
  concat: ({ kind, operands, axis }) => {
    const [first] = operands;
    if (first === undefined) throw invalidNode(kind, 'no operands');
    hasAxis(kind, first, axis);
    for (const operand of operands) {
      hasType(kind, operand, first.type.dtype);
      hasAxis(kind, operand, axis);
      hasShape(kind, operand, first.type.shape.with(axis, sideOf(operand, axis)));
    }
    const side = operands.reduce((sum, operand) => sum + sideOf(operand, axis), 0);
    return { shape: first.type.shape.with(axis, side), dtype: first.type.dtype };
  },
  constant: ({ kind, type, data }) => {
    fit(data.length === sizeOf(type.shape), kind, () => `${data.length} elements for ${shown(type)}`);
    fit(data instanceof ARRAYS[type.dtype], kind, () => `${data.constructor.name} for ${shown(type)}`);
    return type;
  },
  conv2d: ({ kind, operands: [x, filter], window }) => {
    fitsWindow(kind, x, 'input', window);
    fitsFilter(kind, filter, window);
    hasShape(kind, x, x.type.shape.with(3, sideOf(filter, 2)));
    return { shape: spatialShape(x, window.output, sideOf(filter, 3)), dtype: 'float32' };
  },
  conv2dFilterGradient: ({ kind, operands: [x, dy], window }) => {
    fitsWindow(kind, x, 'input', window);
    fitsWindow(kind, dy, 'output', window);
    fit(sideOf(x, 0) === sideOf(dy, 0), kind, () => `${shown(x.type)} and ${shown(dy.type)}`);
    return { shape: [...window.size, sideOf(x, 3), sideOf(dy, 3)], dtype: 'float32' };
  },
  conv2dInputGradient: ({ kind, operands: [dy, filter], window }) => {
    fitsWindow(kind, dy, 'output', window);
    fitsFilter(kind, filter, window);
    hasShape(kind, dy, dy.type.shape.with(3, sideOf(filter, 3)));
    return { shape: spatialShape(dy, window.input, sideOf(filter, 2)), dtype: 'float32' };
  },
  crossCorrelation: ({ kind, operands: [x, filter], strides, dilations, before, after }) => {
    hasRank(kind, filter, x.type.shape.length);
    fit(sideOf(x, 1) === sideOf(filter, 1), kind, () => `${shown(x.type)} and filter ${shown(filter.type)}`);
    const sides = x.type.shape.slice(2).map((side, axis) => {
      const reach = (sideOf(filter, axis + 2) - 1) * (dilations[axis] ?? 1) + 1;
      const room = side + (before[axis] ?? 0) + (after[axis] ?? 0) - reach;
      fit(room >= 0, kind, () => `filter ${shown(filter.type)} is larger than ${shown(x.type)}`);
      return Math.floor(room / (strides[axis] ?? 1)) + 1;
    });
    return { shape: [sideOf(x, 0), sideOf(filter, 0), ...sides], dtype: x.type.dtype };
  },
  cumulativeSum: ({ kind, operands: [x], axis }) => {
    hasAxis(kind, x, axis);
    return x.type;
  },
  fill: ({ type }) => type,
  gather: ({ kind, operands: [x, indices], axis }) => {
    hasAxis(kind, x, axis);
    hasType(kind, indices, 'int32');
    return { shape: x.type.shape.toSpliced(axis, 1, ...indices.type.shape), dtype: x.type.dtype };
  },
  input: ({ type }) => type,
  matMul: ({ kind, operands: [a, b], transposeA, transposeB }) => {
    fit(
      a.type.shape.length >= 2 && b.type.shape.length >= 2,
      kind,
      () => `${shown(a.type)} and ${shown(b.type)}`,
    );
    hasType(kind, b, a.type.dtype);
    const [rows, inner] = transposeA ? [sideOf(a, -1), sideOf(a, -2)] : [sideOf(a, -2), sideOf(a, -1)];
    const [innerB, columns] = transposeB ? [sideOf(b, -1), sideOf(b, -2)] : [sideOf(b, -2), sideOf(b, -1)];
    const batch = broadcastShapes(a.type.shape.slice(0, -2), b.type.shape.slice(0, -2));
    if (batch === undefined || inner !== innerB) {
      throw invalidNode(kind, `${shown(a.type)} and ${shown(b.type)} (${transposeA}, ${transposeB})`);
    }
    return { shape: [...batch, rows, columns], dtype: a.type.dtype };
  },
  maxPool2dGradient: ({ kind, operands: [dy, x], window }) => {
    fitsWindow(kind, dy, 'output', window);
    fitsWindow(kind, x, 'input', window);
    hasShape(kind, dy, spatialShape(x, window.output, sideOf(x, 3)));
    return x.type;
  },
  oneHot: ({ kind, operands: [indices], depth }) => {
    hasType(kind, indices, 'int32');
    return { shape: [...indices.type.shape, depth], dtype: 'float32' };
  },
  pad: ({ kind, operands: [x], before, after }) => {
    fit(
      [...before, ...after].every((side) => side >= 0),
      kind,
      () => 'negative padding',
    );
    hasRank(kind, x, before.length);
    hasRank(kind, x, after.length);
    const shape = x.type.shape.map((side, axis) => side + (before[axis] ?? 0) + (after[axis] ?? 0));
    return { shape, dtype: x.type.dtype };
  },
  pool2d: ({ kind, operands: [x], window }) => {
    fitsWindow(kind, x, 'input', window);
    return { shape: spatialShape(x, window.output, sideOf(x, 3)), dtype: 'float32' };
  },
  reduce: ({ kind, op, operands: [x], axes }) => {
    axes.forEach((axis, i) => {
      hasAxis(kind, x, axis);
      fit(i === 0 || axis > (axes[i - 1] ?? 0), kind, () => `axes ${axes.join(', ')} do not increase`);
    });
    if (op === 'all' || op === 'any') hasType(kind, x, 'bool');
    return { shape: x.type.shape.filter((_, axis) => !axes.includes(axis)), dtype: x.type.dtype };
  },
  reshape: ({ kind, operands: [x], type: { shape } }) => {
    fit(sizeOf(shape) === sizeOf(x.type.shape), kind, () => `${shown(x.type)} to [${shape.join(', ')}]`);
    return { shape, dtype: x.type.dtype };
  },
  segmentSum: ({ kind, operands: [x, indices], segments }) => {
    hasType(kind, indices, 'int32');
    hasRank(kind, indices, 1);
    hasAxis(kind, x, 0);
    fit(sideOf(x, 0) === sideOf(indices, 0), kind, () => `${shown(x.type)} by ${shown(indices.type)}`);
    return { shape: x.type.shape.with(0, segments), dtype: x.type.dtype };
  },
  select: ({ kind, operands }) => {
    const [condition, a, b] = operands;
    hasType(kind, condition, 'bool');
    hasType(kind, b, a.type.dtype);
    return { shape: broadcast(kind, operands), dtype: a.type.dtype };
  },
  slice: ({ kind, operands: [x], begin, strides, type: { shape } }) => {
    hasRank(kind, x, begin.length);
    hasRank(kind, x, strides.length);
    hasRank(kind, x, shape.length);
    shape.forEach((size, axis) => {
      const first = begin[axis] ?? 0;
      const last = first + (size - 1) * (strides[axis] ?? 1);
      const inside = [first, last].every((at) => at >= 0 && at < sideOf(x, axis));
      fit(size === 0 || inside, kind, () => `${first} to ${last} of axis ${axis} of ${shown(x.type)}`);
    });
    return { shape, dtype: x.type.dtype };
  },
  transpose: ({ kind, operands: [x], permutation }) => {
    hasRank(kind, x, permutation.length);
    const whole = x.type.shape.every((_, axis) => permutation.includes(axis));
    fit(whole, kind, () => `permutation ${permutation.join(', ')}`);
    return { shape: permutation.map((axis) => sideOf(x, axis)), dtype: x.type.dtype };
  },
  unary: ({ kind, op, operands: [x] }) => {
    if (op === 'logicalNot') hasType(kind, x, 'bool');
    return YIELD_BOOL.has(op) ? { shape: x.type.shape, dtype: 'bool' } : x.type;
  },
};

/**
 * The type of the node that the draft describes.
 *
 * @throws GRAPH_INVALID_NODE when its operands do not fit
 */
export const typeOf = (draft: AnyDraft): ValueType =>
  (TYPE_OF[draft.kind] as (draft: AnyDraft) => ValueType)(draft);
