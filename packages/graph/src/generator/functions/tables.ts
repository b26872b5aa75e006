// Tables of places at which block-wise maps read a latent, in operators of ONNX: what `stored/turned-rows.ts` says of them.
import { int, ints } from '../../lower/emitter.ts';
import { DATA_TYPE } from '../../onnx/data-type.ts';
import type { OnnxFunction } from '../../onnx/model.ts';
import { writeFunction } from './function-writer.ts';

/** For bits `[r, d]`: 0 … d − 1 in each row, and d more where a bit is set. */
const places = writeFunction('places', ['b', 'd'], (w) => {
  const added = w.emit('Mul', [w.emit('Cast', ['b'], { to: int(DATA_TYPE.int64) }), 'd']);
  return [w.emit('Add', [w.emit('Range', [w.integer(0), 'd', w.integer(1)]), added])];
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

export const tableFunctions: readonly OnnxFunction[] = [places, spread, turned];
