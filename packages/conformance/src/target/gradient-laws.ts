// A target is differentiable in its parameters and its input, and uses every parameter.
import { float32, type NamedArrays, type NamedTensors, type Target } from '@mapping-networks/core';
import type * as tf from '@tensorflow/tfjs-core';
import { expectGradient } from '../checks/gradient.ts';
import { wrongValue } from '../errors.ts';
import { law, type Law } from '../law.ts';
import {
  applied,
  applyFlat,
  evaluationInputs,
  flattened,
  trainingInputs,
  type TargetInputs,
} from './target-case.ts';

const differentiated = (target: Target, inputs: TargetInputs, isVariable: (name: string) => boolean) => {
  const entries = Object.entries(flattened(inputs));
  return {
    at: Object.fromEntries(entries.filter(([name]) => isVariable(name))),
    constants: Object.fromEntries(entries.filter(([name]) => !isVariable(name))),
    compute: (tensors: NamedTensors): tf.Tensor => applyFlat(target, tensors, inputs.training).output,
  };
};

const isParameter = (name: string): boolean => name.startsWith('parameters/');

/** The same tensor with one entry in three raised: an even shift can be invisible behind a normalisation. */
const disturbed = ({ data, shape }: NamedArrays[string]): NamedArrays[string] =>
  float32(
    Float32Array.from(data, (value, i) => value + (i % 3 === 0 ? 1 : 0)),
    shape,
  );

export const gradientLaws = (target: Target, seed: number): readonly Law[] => [
  law('the gradient in the parameters meets finite differences, out of training', () => {
    const inputs = evaluationInputs(target, 2, seed);
    expectGradient('output', differentiated(target, inputs, isParameter), {
      tolerance: 2e-2,
      directions: 2,
      seed,
    });
  }),
  law('the gradient in the parameters meets finite differences, in training', () => {
    const inputs = trainingInputs(target, 3, seed);
    expectGradient('output', differentiated(target, inputs, isParameter), {
      tolerance: 2e-2,
      directions: 2,
      seed,
    });
  }),
  law('the gradient in the input meets finite differences', () => {
    const inputs = evaluationInputs(target, 2, seed);
    const of = differentiated(target, inputs, (name) => name === 'x');
    expectGradient('output', of, { tolerance: 2e-2, directions: 2, seed });
  }),
  law('every parameter has an effect', () => {
    const inputs = evaluationInputs(target, 2, seed);
    const { data } = applied(target, inputs).output;
    for (const [name, array] of Object.entries(inputs.parameters)) {
      const other = applied(target, {
        ...inputs,
        parameters: { ...inputs.parameters, [name]: disturbed(array) },
      });
      const same = data.every((value, i) => Object.is(value, other.output.data[i]));
      if (same)
        throw wrongValue(
          `output after a change of '${name}'`,
          'another output',
          'the same',
          'Use it, or leave it out.',
        );
    }
  }),
];
