// What random nodes are made over where nothing that has grown fits.
import type { Node } from '../src/ir/node.ts';
import type { DType } from '../src/ir/value-type.ts';
import type { Soil } from './random-graph.ts';

/** Adds a node, if one can be made. */
export type Grow = (soil: Soil) => Node | undefined;

export const isFloat = (node: Node): boolean => node.type.dtype === 'float32';
export const rankOf = (node: Node): number => node.type.shape.length;
export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, side) => size * side, 1);

export const MOST_ELEMENTS = 400;

/** Small multiples of 1/4 in no order. */
export const numbers = (soil: Soil, length: number): Float32Array => {
  const [start, step] = [soil.draw(17), 1 + soil.draw(16)];
  return Float32Array.from({ length }, (_, i) => ((start + i * step + ((i * i) % 5)) % 17) / 4 - 2);
};

export const constantOf = (soil: Soil, shape: readonly number[], dtype: DType): Node => {
  const size = sizeOf(shape);
  if (soil.draw(3) === 0) return soil.b.fill(soil.choose([0, 1, -1, 2, 0.5, -0.25]), shape, dtype);
  const data = numbers(soil, size);
  if (dtype === 'float32') return soil.b.constant(data, shape);
  return dtype === 'int32'
    ? soil.b.constant(Int32Array.from(data), shape)
    : soil.b.constant(
        Uint8Array.from(data, (x) => Number(x > 0)),
        shape,
        'bool',
      );
};
