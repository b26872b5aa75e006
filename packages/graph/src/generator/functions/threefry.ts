// Threefry-2x32 of core in operators of ONNX, for many counters at once. Words are int64 below 2³², because no runtime adds
// uint32: sums may grow beyond, and are cut down where that matters.
import { int } from '../../lower/emitter.ts';
import { DATA_TYPE } from '../../onnx/data-type.ts';
import type { OnnxFunction } from '../../onnx/model.ts';
import { writeFunction } from './function-writer.ts';

const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24];
const WORD = 2 ** 32;
const PARITY = 0x1bd11bda;

/**
 * Four rounds and the injection of keys k and l with the number g: of x, whatever its upper bits, and a word y. Factors are
 * 2^rotation; `m` is 2³² − 1, `h` 2³².
 */
const group = writeFunction('group', ['x', 'y', 'r', 's', 't', 'u', 'k', 'l', 'g', 'm', 'h'], (w) => {
  let [x, y] = ['x', 'y'];
  for (const [round, factor] of ['r', 's', 't', 'u'].entries()) {
    x = w.emit('Add', [x, y]);
    // y turned by some bits: the lower half of a product, and what it has above.
    const product = w.emit('Mul', [y, factor]);
    const turned = w.emit('Add', [product, w.emit('Div', [product, 'h'])]);
    y = w.emit('BitwiseXor', [turned, x]);
    if (round < 3) y = w.emit('BitwiseAnd', [y, 'm']);
  }
  const injected = w.emit('Add', [w.emit('Add', [y, 'l']), 'g']);
  return [w.emit('Add', [x, 'k']), w.emit('BitwiseAnd', [injected, 'm'])];
});

/** Both words of the counters (c, d) under the keys (k, l). */
const threefry = writeFunction('threefry', ['k', 'l', 'c', 'd'], (w) => {
  const factors = ROTATIONS.map((bits) => 2 ** bits);
  const constants = w.split(w.integers(...factors, 1, 2, 3, 4, 5, WORD - 1, WORD, PARITY), 16);
  const [rotations, numbers] = [constants.slice(0, 8), constants.slice(8, 13)];
  const [mask, word, parity] = constants.slice(13) as [string, string, string];
  const keys = ['k', 'l', w.emit('BitwiseXor', [w.emit('BitwiseXor', ['k', 'l']), parity])];
  const key = (number: number): string => keys[number % 3] as string;
  let x = w.emit('Add', ['c', 'k']);
  let y = w.emit('BitwiseAnd', [w.emit('Add', ['d', 'l']), mask]);
  for (const [at, number] of numbers.entries()) {
    const four = at % 2 === 0 ? rotations.slice(0, 4) : rotations.slice(4);
    [x, y] = w.pair('group', [x, y, ...four, key(at + 1), key(at + 2), number, mask, word]);
  }
  return [w.emit('BitwiseAnd', [x, mask]), y];
});

/** The first 2p words, `[s, 2p]`, of the streams under s keys, uint32 `[s, 2]`. */
const words = writeFunction('words', ['k', 'p'], (w) => {
  const keys = w.emit('Cast', ['k'], { to: int(DATA_TYPE.int64) });
  const zero = w.integer(0);
  const half = (at: number): string => w.emit('Gather', [keys, w.integers(at)], { axis: int(1) });
  const pairs = w.emit('Range', [zero, 'p', w.integer(1)]);
  const last = w.integers(-1);
  const both = w.pair('threefry', [half(0), half(1), pairs, zero]);
  const beside = both.map((value) => w.emit('Unsqueeze', [value, last]));
  return [w.emit('Reshape', [w.emit('Concat', beside, { axis: int(-1) }), w.integers(0, -1)])];
});

export const threefryFunctions: readonly OnnxFunction[] = [group, threefry, words];
