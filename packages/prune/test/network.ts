// Networks with random weights, and someone who runs a pass on them.
import {
  direct,
  initialBuffers,
  int32,
  modelMap,
  modelTheta,
  type FineTuning,
  type Model,
  type PassContext,
  type Part,
} from '@mapping-networks/core';
import { prune, type PruneInput } from '@mapping-networks/prune';

/** A network as training would leave it, for nobody to train. */
export const networkOf = (
  target: Part<'target'>,
  parameterization: Part<'parameterization'> = direct(),
  seed = 0,
): Model => ({
  target,
  parameterization,
  trainables: modelMap({ target, parameterization }).init(seed),
  buffers: initialBuffers(target.impl),
});

const unused = (): Promise<never> => Promise.reject(new Error('nothing is to be measured'));

/** Someone who cannot train. */
export const nobody: PassContext = { evaluate: unused, outputs: unused };

/** Someone who trains by scaling all trainables a little, and remembers how he was asked. */
export const trainer = (asked: FineTuning[], factor = 1.01): PassContext => ({
  ...nobody,
  fineTune: (model, how) => {
    asked.push(how);
    const trainables = Object.fromEntries(
      Object.entries(model.trainables).map(([name, array]) => [
        name,
        array.dtype === 'float32'
          ? { ...array, data: array.data.map((value, i) => value * factor ** (i % 7)) }
          : int32(array.data, array.shape),
      ]),
    );
    return Promise.resolve({ ...model, trainables });
  },
});

export const pruned = async (model: Model, options: PruneInput, context = nobody): Promise<Model> =>
  (await prune(options).impl.apply(model, context)).model;

/** Where weights of a network are not zero. */
export const places = (model: Model): readonly number[] =>
  [...modelTheta(model).entries()].flatMap(([i, value]) => (value === 0 ? [] : [i]));

/** How many weights are not zero, from `offset` on. */
export const nonZero = (model: Model, offset = 0, size = Infinity): number =>
  modelTheta(model)
    .subarray(offset, offset + size)
    .filter((value) => value !== 0).length;
