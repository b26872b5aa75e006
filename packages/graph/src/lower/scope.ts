// What a rule of lowering is given, and the forms that many rules share.
import { ARRAYS } from '../ir/arrays.ts';
import type { ConstantNode, Node } from '../ir/node.ts';
import { sameShape } from '../ir/same-shape.ts';
import type { DType } from '../ir/value-type.ts';
import { DATA_TYPE } from '../onnx/data-type.ts';
import { int, type Emitter, type Value } from './emitter.ts';

/** The emitter, and the lowered values of the nodes so far. */
export interface Scope extends Emitter {
  value(node: Node): Value;
  nameOf(constant: ConstantNode): string;
  /** See `LowerOptions`. */
  readonly channelBlock: number;
  readonly conventional: boolean;
}

export const isEmpty = (shape: readonly number[]): boolean => shape.includes(0);

/** The same elements under another shape. */
export const reshaped = (e: Emitter, x: Value, shape: readonly number[]): Value =>
  sameShape(x.shape, shape) ? x : e.emit('Reshape', [x, e.integers(shape)], { dtype: x.dtype, shape });

export const casted = (e: Emitter, x: Value, dtype: DType): Value =>
  x.dtype === dtype ? x : e.emit('Cast', [x], { dtype, shape: x.shape }, { to: int(DATA_TYPE[dtype]) });

export const expanded = (e: Emitter, x: Value, shape: readonly number[]): Value =>
  sameShape(x.shape, shape) ? x : e.emit('Expand', [x, e.integers(shape)], { dtype: x.dtype, shape });

/** One number everywhere. Of the full size only when the model runs. */
export const filled = (e: Emitter, value: number, dtype: DType, shape: readonly number[]): Value =>
  isEmpty(shape)
    ? e.tensor('empty', new ARRAYS[dtype](0), { dtype, shape })
    : expanded(e, e.scalar(new ARRAYS[dtype]([value])[0] ?? 0, dtype), shape);
