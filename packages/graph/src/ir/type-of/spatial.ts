// Types of convolutions and pools over `[N, H, W, C]`.
import type { SpatialKind } from '../kinds.ts';
import type { Kind, Node } from '../node.ts';
import type { Window2d } from '../window.ts';
import { fit, hasRank, hasShape, hasType, shown, sideOf } from './fit.ts';
import type { TypeRulesOf } from './type-rules.ts';

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

export const SPATIAL: TypeRulesOf<SpatialKind> = {
  averagePool2dGradient: ({ kind, operands: [dy], window }) => {
    fitsWindow(kind, dy, 'output', window);
    return { shape: spatialShape(dy, window.input, sideOf(dy, 3)), dtype: 'float32' };
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
  maxPool2dGradient: ({ kind, operands: [dy, x], window }) => {
    fitsWindow(kind, dy, 'output', window);
    fitsWindow(kind, x, 'input', window);
    hasShape(kind, dy, spatialShape(x, window.output, sideOf(x, 3)));
    return x.type;
  },
  pool2d: ({ kind, operands: [x], window }) => {
    fitsWindow(kind, x, 'input', window);
    return { shape: spatialShape(x, window.output, sideOf(x, 3)), dtype: 'float32' };
  },
};
