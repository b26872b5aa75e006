// From trainables to parameters on the engine: done once for each evaluation, not once for each batch.
import {
  prefixed,
  unprefixed,
  type EngineSession,
  type NamedArrays,
  type ParameterMap,
} from '@mapping-networks/core';
import { mapFrozen } from '../step/frozen.ts';

/** The arrays of a trained network. */
export interface Weights {
  readonly trainables: NamedArrays;
  readonly buffers: NamedArrays;
}

export interface Materializer<W = Weights> {
  /** The parameters and buffers as inputs of a forward step: `parameter.…` and `buffer.…`. */
  run(weights: W): Promise<NamedArrays>;
  dispose(): void;
}

/** Compiles the map alone. `frozen` are its constants. */
export const compileMaterialize = (
  session: EngineSession,
  map: ParameterMap,
  frozen: NamedArrays,
): Materializer => {
  const trainables = map.trainables.map(
    ({ name, shape }) => [`model.${name}`, { shape, dtype: 'float32' }] as const,
  );
  const compiled = session.compile(
    (inputs) => prefixed('parameter.', map.materialize(unprefixed('model.', inputs), mapFrozen(inputs))),
    { name: 'parameters', frozen, inputs: Object.fromEntries(trainables) },
  );
  return {
    run: async ({ trainables: values, buffers }) => ({
      ...(await compiled.run(prefixed('model.', values))),
      ...prefixed('buffer.', buffers),
    }),
    dispose: () => compiled.dispose(),
  };
};
