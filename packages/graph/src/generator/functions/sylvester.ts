// Walsh-Hadamard matrices: one that is known by its size need not be stored.
import { int } from '../../lower/emitter.ts';
import { DATA_TYPE } from '../../onnx/data-type.ts';
import type { OnnxFunction } from '../../onnx/model.ts';
import { writeFunction } from './function-writer.ts';

/** Bits of a row's number, at most. */
const SIDE_BITS = 11;

/** Whether a matrix of n rows is (−1)^(number of ones that the numbers of row and column have in common). */
export const isSylvester = (data: Float32Array, n: number): boolean => {
  if (n > 2 ** SIDE_BITS || data.length !== n * n) return false;
  return data.every((value, at) => {
    let common = Math.floor(at / n) & (at % n);
    let expected = 1;
    for (; common > 0; common &= common - 1) expected = -expected;
    return value === expected;
  });
};

/** That matrix of `n` rows, in float32. */
export const sylvester: OnnxFunction = writeFunction('sylvester', ['n'], (w) => {
  const one = w.integer(1);
  const rows = w.emit('Unsqueeze', [w.emit('Range', [w.integer(0), 'n', one]), w.integers(1)]);
  const powers = w.integers(...Array.from({ length: SIDE_BITS }, (_, bit) => 2 ** bit));
  const set = w.emit('Cast', [w.emit('BitwiseAnd', [rows, powers])], { to: int(DATA_TYPE.bool) });
  const bits = w.emit('Cast', [set], { to: int(DATA_TYPE.int64) });
  const common = w.emit('MatMul', [bits, w.emit('Transpose', [bits])]);
  const odd = w.emit('Mod', [common, w.integer(2)]);
  const values = w.emit('Sub', [one, w.emit('Add', [odd, odd])]);
  return [w.emit('Cast', [values], { to: int(DATA_TYPE.float32) })];
});
