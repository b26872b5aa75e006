// A small classifier behind a map, as losses meet it: the context of one batch, gradients, and Adam in plain numbers.
import {
  bias,
  childKey,
  kernel,
  normal,
  parameterSpace,
  prefixed,
  randomKey,
  unprefixed,
  type ArrayTensor,
  type Loss,
  type LossContext,
  type NamedArrays,
  type NamedTensors,
  type ParameterMap,
  type ParameterSpace,
  type Parameterization,
} from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';

export const INPUTS = 4;
export const HIDDEN = 5;
export const CLASSES = 3;
export const BATCH = 6;

/** One hidden layer of tanh. */
export const space: ParameterSpace = parameterSpace([
  kernel('a', [INPUTS, HIDDEN]),
  bias('a', HIDDEN),
  kernel('b', [HIDDEN, CLASSES]),
  bias('b', CLASSES),
]);

const key = randomKey(5, 'losses');

export const inputs: Float32Array = normal(childKey(key, 'x'), BATCH * INPUTS);

export const labels: Int32Array = Int32Array.from({ length: BATCH }, (_, i) => i % CLASSES);

export const noiseFor = (map: ParameterMap): NamedArrays =>
  Object.fromEntries(
    map.trainables.map(({ name, shape }) => {
      const size = shape.reduce((a, b) => a * b, 1);
      return [name, { dtype: 'float32', shape, data: normal(childKey(key, 'noise', name), size) }];
    }),
  );

export const tensor = ({ data, shape, dtype }: ArrayTensor): tf.Tensor => tf.tensor(data, [...shape], dtype);

export const tensors = (arrays: NamedArrays): Record<string, tf.Tensor> =>
  Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, tensor(array)]));

const network = (parameters: NamedTensors): tf.Tensor => {
  const of = (name: string): tf.Tensor => parameters[name] as tf.Tensor;
  const hidden = tf.tanh(
    tf.add(tf.matMul(tf.tensor2d(inputs, [BATCH, INPUTS]), of('a.kernel')), of('a.bias')),
  );
  return tf.add(tf.matMul(hidden, of('b.kernel')), of('b.bias'));
};

/** Trainables of the map under their names, those of the loss under `loss/`. */
export interface Evaluated {
  readonly total: number;
  readonly terms: Readonly<Record<string, number>>;
  readonly gradients: Readonly<Record<string, Float32Array>>;
}

/** What a trainer does in one step, without the update. */
export const evaluate = (
  loss: Loss,
  map: ParameterMap,
  trainables: NamedArrays,
  weights: NamedArrays,
): Evaluated => {
  const given = constantsOf(loss, map);
  const result = stepOf(loss, map, given, trainables, weights);
  tf.dispose([{ ...given.frozen }, { ...given.noise }]);
  return result;
};

interface Constants {
  /** Of the map and of the regularisers that the loss needs. */
  readonly frozen: Readonly<Record<string, tf.Tensor>>;
  readonly noise: Readonly<Record<string, tf.Tensor>>;
}

const constantsOf = (loss: Loss, map: ParameterMap): Constants => ({
  frozen: {
    ...tensors(map.frozen()),
    ...Object.assign(
      {},
      ...loss.requires.regularizers.map((name) => tensors(map.regularizers[name]!.frozen())),
    ),
  },
  noise: loss.requires.noise ? tensors(noiseFor(map)) : {},
});

const LOSS = 'loss/';

const stepOf = (
  loss: Loss,
  map: ParameterMap,
  { frozen, noise }: Constants,
  trainables: NamedArrays,
  weights: NamedArrays,
): Evaluated => {
  const all = { ...trainables, ...prefixed(LOSS, weights) };
  const names = Object.keys(all);
  const terms: Record<string, number> = {};
  const forward = (values: NamedTensors): tf.Tensor => network(map.materialize(values, frozen));
  const { value, grads } = tf.tidy(() =>
    tf.valueAndGrads((...args: tf.Tensor[]) => {
      const named = Object.fromEntries(names.map((name, i) => [name, args[i]!]));
      const own = Object.fromEntries(Object.keys(trainables).map((name) => [name, named[name]!]));
      const context: LossContext = {
        output: forward(own),
        labels: tf.tensor1d(labels, 'int32'),
        trainables: own,
        weights: unprefixed(LOSS, named),
        noise,
        forward,
        regularizer: (name) => map.regularizers[name]!.evaluate(own, frozen),
      };
      const result = loss.evaluate(context);
      for (const [name, term] of Object.entries(result.terms)) terms[name] = term.dataSync()[0]!;
      return result.total;
    })(Object.values(all).map(tensor)),
  );
  const gradients = Object.fromEntries(
    names.map((name, i) => [name, Float32Array.from(grads[i]!.dataSync())]),
  );
  const total = value.dataSync()[0]!;
  tf.dispose([value, ...grads]);
  return { total, terms, gradients };
};

export const bound = (parameterization: Parameterization): ParameterMap => parameterization.bind(space);

/** `array` with one element moved. */
export const moved = (array: ArrayTensor, index: number, step: number): ArrayTensor => {
  const data = Float32Array.from(array.data);
  data[index]! += step;
  return { dtype: 'float32', shape: array.shape, data };
};

/** Minimises `loss` over the latent and its own weights together, with Adam. */
export const minimize = (
  loss: Loss,
  map: ParameterMap,
  steps: number,
  rate: number,
): { readonly trainables: NamedArrays; readonly weights: NamedArrays; readonly last: Evaluated } => {
  const trainables = map.init(1);
  const weights = loss.init();
  const moments = new Map<string, { m: number; v: number }[]>();
  const move = (name: string, { data }: ArrayTensor, gradient: Float32Array, step: number): void => {
    const states = moments.get(name) ?? Array.from(data, () => ({ m: 0, v: 0 }));
    moments.set(name, states);
    states.forEach((state, i) => {
      const g = gradient[i]!;
      state.m = 0.9 * state.m + 0.1 * g;
      state.v = 0.999 * state.v + 0.001 * g * g;
      data[i]! -= (rate * (state.m / (1 - 0.9 ** step))) / (Math.sqrt(state.v / (1 - 0.999 ** step)) + 1e-8);
    });
  };
  const given = constantsOf(loss, map);
  for (let step = 1; step <= steps; step++) {
    const { gradients } = stepOf(loss, map, given, trainables, weights);
    for (const [name, array] of Object.entries(trainables)) move(name, array, gradients[name]!, step);
    for (const [name, array] of Object.entries(weights))
      move(`loss/${name}`, array, gradients[`loss/${name}`]!, step);
  }
  const last = stepOf(loss, map, given, trainables, weights);
  tf.dispose([{ ...given.frozen }, { ...given.noise }]);
  return { trainables, weights, last };
};
