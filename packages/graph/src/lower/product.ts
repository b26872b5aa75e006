// Matrix products.
//
// Two matrices go to Gemm, which reads transposed operands as they lie. Stacks of matrices get a Transpose, which
// onnxruntime merges into its FusedMatMul: other runtimes can take the model, too.
import type { MatMulNode } from '../ir/node.ts';
import { int, ints, type Emitter, type Value } from './emitter.ts';
import { filled, isEmpty, type Scope } from './scope.ts';

const swapLast = (e: Emitter, x: Value): Value => {
  const rank = x.shape.length;
  const permutation = [...Array.from({ length: rank - 2 }, (_, axis) => axis), rank - 1, rank - 2];
  const shape = permutation.map((axis) => x.shape[axis] ?? 0);
  return e.emit('Transpose', [x], { dtype: x.dtype, shape }, { perm: ints(permutation) });
};

/** A·B, transposed as the node says; `bias` is added to float32 matrices and may have sides of 1. */
export const matrixProduct = (
  e: Emitter,
  [a, b, bias]: readonly [Value, Value, Value?],
  { transposeA, transposeB, type }: Pick<MatMulNode, 'transposeA' | 'transposeB' | 'type'>,
): Value => {
  const matrices = a.shape.length === 2 && b.shape.length === 2 && type.dtype === 'float32';
  if (matrices && (transposeA || transposeB || bias !== undefined)) {
    const attributes = {
      ...(transposeA && { transA: int(1) }),
      ...(transposeB && { transB: int(1) }),
    };
    return e.emit('Gemm', bias === undefined ? [a, b] : [a, b, bias], type, attributes);
  }
  const operands = [transposeA ? swapLast(e, a) : a, transposeB ? swapLast(e, b) : b];
  return e.emit('MatMul', operands, type);
};

export const lowerMatMul = (node: MatMulNode, scope: Scope): Value => {
  const [a, b] = [scope.value(node.operands[0]), scope.value(node.operands[1])];
  if (isEmpty(a.shape)) return filled(scope, 0, node.type.dtype, node.type.shape);
  return matrixProduct(scope, [a, b], node);
};
