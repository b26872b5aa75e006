// Exponential running averages of the trainables along a run: a network of its own, scored beside the last one.
import { float32, type NamedArrays } from '@mapping-networks/core';

export interface Averages {
  /** After each step. */
  readonly add: (trainables: NamedArrays) => void;
  /** By decay. */
  readonly values: () => ReadonlyMap<number, NamedArrays>;
}

/** The decay grows to its value from 0, so that the start of a run is forgotten: min(decay, (1 + t) / (10 + t)). */
const decayAt = (decay: number, steps: number): number => Math.min(decay, (1 + steps) / (10 + steps));

const blended = (average: NamedArrays, trainables: NamedArrays, decay: number): NamedArrays =>
  Object.fromEntries(
    Object.entries(trainables).map(([name, { data, shape }]) => {
      const before = average[name]?.data ?? data;
      const after = Float32Array.from(data, (value, i) => value + decay * ((before[i] ?? value) - value));
      return [name, float32(after, shape)];
    }),
  );

export const runningAverages = (decays: readonly number[]): Averages => {
  let values: ReadonlyMap<number, NamedArrays> = new Map();
  let steps = 0;
  return {
    add: (trainables) => {
      values = new Map(
        decays.map((decay) => [
          decay,
          blended(values.get(decay) ?? trainables, trainables, decayAt(decay, steps)),
        ]),
      );
      steps += 1;
    },
    values: () => values,
  };
};
