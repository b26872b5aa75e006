// Pools with channels first are operators of their own. Padding does not count in means: ONNX's default.
import type { PoolNode } from '../ir/node.ts';
import { ints, type Value } from './emitter.ts';
import type { Scope } from './scope.ts';

const OPERATOR: Readonly<Record<PoolNode['op'], string>> = { average: 'AveragePool', max: 'MaxPool' };

export const lowerPool = (
  { op, operands, size, strides, before, after, type }: PoolNode,
  scope: Scope,
): Value =>
  scope.emit(OPERATOR[op], [scope.value(operands[0])], type, {
    kernel_shape: ints(size),
    pads: ints([...before, ...after]),
    strides: ints(strides),
  });
