// What every engine refuses in the same words: a signature with one name twice, and arrays that do not fit it.
import { sizeOf, type ArrayTensor, type NamedArrays } from '../arrays.ts';
import { stepInputArray, stepInputNames, stepNameTwice } from '../errors.ts';
import type { InputSpec, StepSignature } from './engine.ts';

/**
 * For engines, in `compile`: holds a signature to its names being disjoint.
 *
 * @throws CORE_STEP_NAME_TWICE
 * @example
 * ```ts
 * import { checkSignature } from '@mapping-networks/core';
 * checkSignature({ frozen: {}, inputs: { z: { shape: [3], dtype: 'float32' } } });
 * ```
 */
export const checkSignature = ({ frozen, inputs }: StepSignature): void => {
  const shared = Object.keys(inputs).find((name) => Object.hasOwn(frozen, name));
  if (shared !== undefined) throw stepNameTwice(shared);
};

/**
 * For engines, in `run`: holds the arrays of a run to the inputs that the step was compiled for.
 *
 * @throws CORE_STEP_INPUT_NAMES, CORE_STEP_INPUT_ARRAY
 * @example
 * ```ts
 * import { checkInputs, float32 } from '@mapping-networks/core';
 * const specs = { z: { shape: [3], dtype: 'float32' } } as const;
 * checkInputs(specs, { z: float32(Float32Array.of(1, 2, 3)) });
 * ```
 */
export const checkInputs = (specs: Readonly<Record<string, InputSpec>>, inputs: NamedArrays): void => {
  const names = Object.keys(specs);
  const complete = names.every((name) => Object.hasOwn(inputs, name));
  if (!complete || Object.keys(inputs).length !== names.length)
    throw stepInputNames(names, Object.keys(inputs));
  for (const [name, spec] of Object.entries(specs)) {
    const array = inputs[name];
    if (array !== undefined && !fits(spec, array)) throw stepInputArray(name, spec, array);
  }
};

const fits = ({ shape, dtype }: InputSpec, array: ArrayTensor): boolean => {
  const typed = dtype === 'float32' ? array.data instanceof Float32Array : array.data instanceof Int32Array;
  const shaped =
    array.shape.length === shape.length && shape.every((side, axis) => array.shape[axis] === side);
  return array.dtype === dtype && typed && shaped && array.data.length === sizeOf(shape);
};
