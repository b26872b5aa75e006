// Element types as TensorFlow.js mixes them: what is computed in which type, and what comes out.
import type { Builder } from '../../ir/builder.ts';
import type { Node } from '../../ir/node.ts';
import type { DType } from '../../ir/value-type.ts';

const RANK: Readonly<Record<DType, number>> = { bool: 0, int32: 1, float32: 2 };

/** The wider of the types. */
export const widest = (...nodes: readonly Node[]): DType =>
  nodes.reduce<DType>((dtype, { type }) => (RANK[type.dtype] > RANK[dtype] ? type.dtype : dtype), 'bool');

/** Both in the wider of their types; bools as int32, so that they can be computed with. */
export const matched = (b: Builder, left: Node, right: Node): [Node, Node] => {
  const dtype = widest(left, right);
  const common = dtype === 'bool' ? 'int32' : dtype;
  return [b.cast(left, common), b.cast(right, common)];
};

/** A function of float32, applied to any type; the result has the type of `x`, as in TensorFlow.js. */
export const inFloat = (b: Builder, x: Node, compute: (x: Node) => Node): Node =>
  b.cast(compute(b.cast(x, 'float32')), x.type.dtype);

/** A number in the type and for the shape of `x`. */
export const like = (b: Builder, x: Node, value: number): Node => b.scalar(value, x.type.dtype);
