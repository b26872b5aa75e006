// The tables of block-wise maps, in operators of ONNX.
import { int, ints } from '../lower/emitter.ts';
import { DATA_TYPE } from '../onnx/data-type.ts';
import type { OnnxFunction } from '../onnx/model.ts';
import { writeFunction } from './function-writer.ts';

/** For bits `[r, d]`: 0 … d − 1 in each row, and d more where a bit is set. */
const places = writeFunction('places', ['b', 'd'], (w) => {
  const [zero, one] = w.split(w.integers(0, 1), 2).map((value) => w.emit('Squeeze', [value])) as [
    string,
    string,
  ];
  const added = w.emit('Mul', [w.emit('Cast', ['b'], { to: int(DATA_TYPE.int64) }), 'd']);
  return [w.emit('Add', [w.emit('Range', [zero, 'd', one]), added])];
});

/** The numbers of a row of `v`, `[r, d]`, in order, at those places `[r, n]` where `p` is true, and `o` elsewhere. */
const spread = writeFunction('spread', ['v', 'p', 'o'], (w) => {
  const one = w.integers(1);
  const steps = w.emit('Cast', ['p'], { to: int(DATA_TYPE.int64) });
  const numbers = w.emit('Sub', [w.emit('CumSum', [steps, one]), one]);
  const values = w.emit('GatherElements', ['v', numbers], { axis: int(1) });
  return [w.emit('Where', ['p', values, 'o'])];
});

/** The rows of `v`, each turned from [a, b] to [b, a], as a vector; `s` is [rows, a, b]. */
const turned = writeFunction('turned', ['v', 's'], (w) => {
  const turn = w.emit('Transpose', [w.emit('Reshape', ['v', 's'])], { perm: ints([0, 2, 1]) });
  const flat = w.emit('Reshape', [turn, w.integers(-1)]);
  return [w.emit('Cast', [flat], { to: int(DATA_TYPE.int32) })];
});

/** Sides of Walsh-Hadamard matrices: as many bits as `sylvester` counts. */
const SIDE_BITS = 11;

/** Whether a matrix is (−1)^(number of ones that row and column have in common), a Walsh-Hadamard matrix. */
export const isSylvester = (data: Float32Array, side: number): boolean => {
  if (side > 2 ** SIDE_BITS || data.length !== side * side) return false;
  return data.every((value, at) => {
    let common = Math.floor(at / side) & (at % side);
    let expected = 1;
    for (; common > 0; common &= common - 1) expected = -expected;
    return value === expected;
  });
};

/** The Walsh-Hadamard matrix of n rows, in float32. */
const sylvester = writeFunction('sylvester', ['n'], (w) => {
  const [zero, one] = w.split(w.integers(0, 1), 2).map((value) => w.emit('Squeeze', [value])) as [
    string,
    string,
  ];
  const rows = w.emit('Unsqueeze', [w.emit('Range', [zero, 'n', one]), w.integers(1)]);
  const powers = w.integers(...Array.from({ length: SIDE_BITS }, (_, bit) => 2 ** bit));
  const set = w.emit('Cast', [w.emit('BitwiseAnd', [rows, powers])], { to: int(DATA_TYPE.bool) });
  const bits = w.emit('Cast', [set], { to: int(DATA_TYPE.int64) });
  const common = w.emit('MatMul', [bits, w.emit('Transpose', [bits])]);
  const odd = w.emit('Mod', [common, w.integers(2)]);
  const values = w.emit('Sub', [one, w.emit('Add', [odd, odd])]);
  return [w.emit('Cast', [values], { to: int(DATA_TYPE.float32) })];
});

export const tableFunctions: readonly OnnxFunction[] = [places, spread, turned, sylvester];
