// Holds what a caller passes to the signature that a step was compiled for.
import {
  sizeOf,
  type ArrayTensor,
  type InputSpec,
  type NamedArrays,
  type StepSignature,
} from '@mapping-networks/core';
import { inputArray, inputNames, nameTwice } from './errors.ts';

/** @throws ENGINE_EAGER_NAME_TWICE */
export const checkSignature = ({ frozen, inputs }: StepSignature): void => {
  const shared = Object.keys(inputs).find((name) => Object.hasOwn(frozen, name));
  if (shared !== undefined) throw nameTwice(shared);
};

/** @throws ENGINE_EAGER_INPUT_NAMES, ENGINE_EAGER_INPUT_ARRAY */
export const checkInputs = (specs: Readonly<Record<string, InputSpec>>, inputs: NamedArrays): void => {
  const names = Object.keys(specs);
  const complete = names.every((name) => Object.hasOwn(inputs, name));
  if (!complete || Object.keys(inputs).length !== names.length) throw inputNames(names, Object.keys(inputs));
  for (const [name, spec] of Object.entries(specs)) {
    const array = inputs[name];
    if (array !== undefined && !fits(spec, array)) throw inputArray(name, spec, array);
  }
};

const fits = ({ shape, dtype }: InputSpec, array: ArrayTensor): boolean => {
  const typed = dtype === 'float32' ? array.data instanceof Float32Array : array.data instanceof Int32Array;
  const shaped =
    array.shape.length === shape.length && shape.every((side, axis) => array.shape[axis] === side);
  return array.dtype === dtype && typed && shaped && array.data.length === sizeOf(shape);
};
