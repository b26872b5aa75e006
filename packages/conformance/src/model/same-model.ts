// Whether a network is still the network it was: its parts as they are written, and the bits of its arrays.
import {
  canonicalJson,
  toSpec,
  type ArrayTensor,
  type Model,
  type NamedArrays,
} from '@mapping-networks/core';
import { expectSameArrays } from '../checks/named.ts';
import { wrongValue } from '../errors.ts';

/** A copy that shares no array with the model. */
export const snapshot = (model: Model): Model => ({
  ...model,
  trainables: copied(model.trainables),
  buffers: copied(model.buffers),
  ...(model.constants && { constants: copied(model.constants) }),
});

const copied = (arrays: NamedArrays): NamedArrays =>
  Object.fromEntries(
    Object.entries(arrays).map(([name, array]): [string, ArrayTensor] => [
      name,
      array.dtype === 'int32'
        ? { ...array, data: Int32Array.from(array.data) }
        : { ...array, data: Float32Array.from(array.data) },
    ]),
  );

/** The same parts and the same bits in every array. */
export const expectSameModel = (what: string, received: Model, expected: Model, remedy: string): void => {
  const parts = (model: Model): string =>
    canonicalJson({ target: toSpec(model.target), parameterization: toSpec(model.parameterization) });
  if (parts(received) !== parts(expected))
    throw wrongValue(`parts of ${what}`, parts(expected), parts(received), remedy);
  expectSameArrays(`trainables of ${what}`, received.trainables, expected.trainables);
  expectSameArrays(`buffers of ${what}`, received.buffers, expected.buffers);
  expectSameArrays(`constants of ${what}`, received.constants ?? {}, expected.constants ?? {});
};
