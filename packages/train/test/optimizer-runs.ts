// Runs an optimizer by hand, without the trainer: trainables in two tensors, gradients from a function of arrays.
import * as tf from '@tensorflow/tfjs-core';
import type { NamedTensors, Optimizer, TensorSpec } from '@mapping-networks/core';

/** Four numbers in two tensors, so that names, shapes and norms over several tensors matter. */
export const specs: readonly TensorSpec[] = [
  { name: 'a', shape: [3] },
  { name: 'b', shape: [1, 1] },
];

export interface StepOutcome {
  readonly theta: number[];
  readonly update: number[];
  readonly state: Record<string, { readonly shape: number[]; readonly data: number[] }>;
}

const named = (values: readonly number[]): NamedTensors => ({
  a: tf.tensor1d(values.slice(0, 3)),
  b: tf.tensor2d([values.slice(3)]),
});

const flat = (tensors: NamedTensors): number[] =>
  specs.flatMap(({ name }) => [...(tensors[name]?.dataSync() ?? [])]);

export const initialState = (optimizer: Optimizer): StepOutcome['state'] =>
  Object.fromEntries(
    Object.entries(optimizer.init(specs)).map(([name, { shape, data }]) => [
      name,
      { shape: [...shape], data: [...data] },
    ]),
  );

/** One call of `update`, everything passed in and read back. */
export const stepOnce = (
  optimizer: Optimizer,
  state: StepOutcome['state'],
  theta: readonly number[],
  gradient: readonly number[],
  rate: number,
  step: number,
): StepOutcome => {
  const outcomes: StepOutcome[] = [];
  tf.tidy(() => {
    const inputs = Object.fromEntries(
      Object.entries(state).map(([name, { shape, data }]) => [name, tf.tensor(data, shape)]),
    );
    const trainables = named(theta);
    const context = { trainables, learningRate: tf.scalar(rate), step: tf.scalar(step) };
    const { updates, state: next } = optimizer.update(named(gradient), inputs, context);
    const moved = specs.map(({ name }) => [name, tf.add(trainables[name] ?? 0, updates[name] ?? Number.NaN)]);
    outcomes.push({ theta: flat(Object.fromEntries(moved)), update: flat(updates), state: read(next) });
  });
  const [outcome] = outcomes;
  if (!outcome) throw new Error('no outcome');
  return outcome;
};

const read = (tensors: NamedTensors): StepOutcome['state'] =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [
      name,
      { shape: [...tensor.shape], data: [...tensor.dataSync()] },
    ]),
  );
