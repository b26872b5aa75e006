// What is drawn of random words, in operators of ONNX: bits, subsets.
import { int } from '../../lower/emitter.ts';
import { DATA_TYPE } from '../../onnx/data-type.ts';
import type { OnnxFunction } from '../../onnx/model.ts';
import { writeFunction } from './function-writer.ts';

/** All bits, `[s, 32w]`, of words `[s, w]`, as bools. */
const bits = writeFunction('bits', ['w'], (w) => {
  const powers = w.integers(...Array.from({ length: 32 }, (_, bit) => 2 ** bit));
  const single = w.emit('BitwiseAnd', [w.emit('Unsqueeze', ['w', w.integers(-1)]), powers]);
  const set = w.emit('Cast', [single], { to: int(DATA_TYPE.bool) });
  return [w.emit('Reshape', [set, w.integers(0, -1)])];
});

/**
 * Which of 0 … n − 1 belong to the subset that core's `subset` draws of the s words of a row, one for each step of its
 * shuffle; `c` is 1 where those belong to it that no step has drawn, else 0.
 *
 * Step i exchanges entries i and j(i) ≥ i. Entry i, before its step, holds what the last earlier step with j = i has put
 * there, which is what entry i of that step held, and so on: a chain of ever earlier steps, whose end is found for all
 * entries at once by following it 1, 2, 4, … links far.
 */
const subset = (links: number): OnnxFunction =>
  writeFunction('subset', ['w', 'n', 's', 'c'], (w) => {
    const along = { axis: int(1) };
    const [zero, one] = [w.integer(0), w.integer(1)];
    const i = w.emit('Range', [zero, 's', one]);
    const drawn = w.emit('Mul', ['w', w.emit('Sub', ['n', i])]);
    const j = w.emit('Add', [i, w.emit('Div', [drawn, w.integer(2 ** 32)])]);
    // An entry that nothing was put into is its own end: place p as p − n, so that any step is larger.
    const negative = w.emit('Neg', ['n']);
    const first = w.emit('Gather', ['w', w.integers(0)], along);
    const ends = w.emit('Add', [w.emit('Sub', [first, first]), w.emit('Range', [negative, zero, one])]);
    const from = w.emit('Where', [w.emit('Equal', [i, j]), negative, i]);
    const latest = { ...along, reduction: { type: 'string', value: 'max' } } as const;
    let chain = w.emit('ScatterElements', [ends, j, from], latest);
    for (let far = 1; far < links; far *= 2) chain = w.emit('GatherElements', [chain, chain], along);
    const rest = w.emit('Gather', [chain, w.emit('Range', ['s', 'n', one])], along);
    const none = w.emit('Sub', [chain, chain]);
    const ones = w.emit('Add', [w.emit('Sub', [rest, rest]), one]);
    return [w.emit('Equal', [w.emit('ScatterElements', [none, rest, ones], along), 'c'])];
  });

/** `links` is how long the longest chain of steps of any subset is. */
export const drawingFunctions = (links: number): readonly OnnxFunction[] => [bits, subset(links)];
