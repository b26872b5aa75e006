// Matrix products, summed in float64.
import type { MatMulNode } from '../ir/node.ts';
import type { ElementArray } from '../ir/value-type.ts';
import { broadcastStrides, offsets } from './offsets.ts';
import { store } from './storage.ts';

/** For each product of the batch, which matrix of an operand it reads. */
const matrices = (operand: readonly number[], result: readonly number[]): Int32Array =>
  offsets(result.slice(0, -2), broadcastStrides(operand.slice(0, -2), result.slice(0, -2)));

export const evaluateMatMul = (node: MatMulNode, operands: readonly ElementArray[]): ElementArray => {
  const [a, b] = operands as readonly [ElementArray, ElementArray];
  const [{ shape: shapeA }, { shape: shapeB }] = [node.operands[0].type, node.operands[1].type];
  const [rows, columns] = node.type.shape.slice(-2) as [number, number];
  const inner = shapeA.at(node.transposeA ? -2 : -1) as number;
  const [rowA, innerA] = node.transposeA ? [1, rows] : [inner, 1];
  const [innerB, columnB] = node.transposeB ? [1, inner] : [columns, 1];
  const ofA = matrices(shapeA, node.type.shape);
  const ofB = matrices(shapeB, node.type.shape);
  const sums = new Float64Array(ofA.length * rows * columns);
  for (let batch = 0; batch < ofA.length; batch++) {
    const startA = (ofA[batch] as number) * rows * inner;
    const startB = (ofB[batch] as number) * inner * columns;
    for (let row = 0; row < rows; row++) {
      const start = (batch * rows + row) * columns;
      for (let k = 0; k < inner; k++) {
        const factor = a[startA + row * rowA + k * innerA] as number;
        for (let column = 0; column < columns; column++) {
          const product = factor * (b[startB + k * innerB + column * columnB] as number);
          sums[start + column] = (sums[start + column] as number) + product;
        }
      }
    }
  }
  return store(node.type, sums);
};
