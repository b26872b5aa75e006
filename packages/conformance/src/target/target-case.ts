// A target with weights, buffers, masks and inputs: what laws run.
import {
  cut,
  direct,
  float32,
  initialBuffers,
  sizeOf,
  uniform,
  randomKey,
  type NamedArrays,
  type NamedTensors,
  type Target,
  type TargetOutput,
} from '@mapping-networks/core';
import type * as tf from '@tensorflow/tfjs-core';
import { gaussian } from '../checks/random-arrays.ts';
import { onTensors } from '../checks/tensors.ts';

/** Fresh weights of a target, as its declared initialisers make them. */
export const freshParameters = ({ parameters }: Target, seed: number): NamedArrays => {
  const map = direct().impl.bind(parameters);
  return cut(parameters, map.generate(map.init(seed)));
};

export const inputsOf = ({ inputShape }: Target, batch: number, seed: number): NamedArrays[string] =>
  float32(gaussian(batch * sizeOf(inputShape), seed, 'x'), [batch, ...inputShape]);

/** Dropout masks as a trainer draws them; `kept` masks keep everything. */
export const masksOf = ({ masks }: Target, batch: number, seed: number, kept = false): NamedArrays =>
  Object.fromEntries(
    masks.map(({ name, shape, rate }) => {
      const full = [batch, ...shape];
      const draws = uniform(randomKey(seed, 'conformance', 'mask', name), sizeOf(full));
      return [
        name,
        float32(
          draws.map((u) => (kept ? 1 : u < rate ? 0 : 1 / (1 - rate))),
          full,
        ),
      ];
    }),
  );

/** Everything that `apply` gets. */
export interface TargetInputs {
  readonly parameters: NamedArrays;
  readonly buffers: NamedArrays;
  readonly x: NamedArrays[string];
  readonly masks: NamedArrays;
  readonly training: boolean;
}

export const evaluationInputs = (target: Target, batch: number, seed: number): TargetInputs => ({
  parameters: freshParameters(target, seed),
  buffers: initialBuffers(target),
  x: inputsOf(target, batch, seed),
  masks: {},
  training: false,
});

export const trainingInputs = (target: Target, batch: number, seed: number): TargetInputs => ({
  ...evaluationInputs(target, batch, seed),
  masks: masksOf(target, batch, seed),
  training: true,
});

/** The inputs as one flat record, each group below its name. */
export const flattened = ({ parameters, buffers, x, masks }: TargetInputs): NamedArrays =>
  Object.fromEntries([
    ['x', x],
    ...Object.entries({ parameters, buffers, masks }).flatMap(([group, arrays]) =>
      Object.entries(arrays).map(([name, array]) => [`${group}/${name}`, array] as const),
    ),
  ]);

const group = (tensors: NamedTensors, name: string): NamedTensors =>
  Object.fromEntries(
    Object.entries(tensors)
      .filter(([key]) => key.startsWith(`${name}/`))
      .map(([key, tensor]) => [key.slice(name.length + 1), tensor]),
  );

export const applyFlat = (target: Target, tensors: NamedTensors, training: boolean): TargetOutput =>
  target.apply(group(tensors, 'parameters'), group(tensors, 'buffers'), tensors['x'] as tf.Tensor, {
    training,
    masks: group(tensors, 'masks'),
  });

export interface TargetResult {
  readonly output: NamedArrays[string];
  readonly buffers: NamedArrays;
}

export const applied = (target: Target, inputs: TargetInputs): TargetResult => {
  const { output, ...buffers } = onTensors(flattened(inputs), (tensors) => {
    const result = applyFlat(target, tensors, inputs.training);
    const named = Object.entries(result.buffers).map(
      ([name, tensor]) => [`buffers/${name}`, tensor] as const,
    );
    return { output: result.output, ...Object.fromEntries(named) };
  });
  const strip = Object.entries(buffers).map(
    ([name, array]) => [name.slice('buffers/'.length), array] as const,
  );
  return { output: output ?? float32(new Float32Array(0)), buffers: Object.fromEntries(strip) };
};

/** Examples `from` … `to` − 1 of a batch. */
export const examples = (
  { data, shape }: NamedArrays[string],
  from: number,
  to: number,
): NamedArrays[string] => {
  const [, ...rest] = shape;
  const size = sizeOf(rest);
  return float32(Float32Array.from(data.subarray(from * size, to * size)), [to - from, ...rest]);
};
