// Whether what a pass returned is a network that can take the place of the one it got.
import type { ArrayTensor, NamedArrays, TensorSpec } from '../arrays.ts';
import { initialBuffers } from '../contracts/target.ts';
import type { ConstantSpec } from '../contracts/parameterization.ts';
import { passMadeNonFinite, passMadeOther } from '../errors.ts';
import { modelMap, type Model } from '../model.ts';
import { isPart } from '../plugin/part.ts';
import type { ParameterSpace } from '../space/parameter-space.ts';
import { shownShape } from '../shown.ts';

/** @throws CORE_PASS_OTHER_NETWORK */
export const checkResult = (pass: string, before: Model, after: Model): void => {
  const flaw = flawOf(before, after);
  if (flaw !== undefined) throw passMadeOther(pass, flaw);
};

/** @throws CORE_PASS_NON_FINITE naming the tensor that holds the number */
export const checkTheta = (
  pass: string | undefined,
  { parameters }: ParameterSpace,
  theta: Float32Array,
): void => {
  const index = theta.findIndex((value) => !Number.isFinite(value));
  if (index < 0) return;
  const tensor = parameters.find(({ offset, size }) => index >= offset && index < offset + size);
  throw passMadeNonFinite(pass, `weights '${tensor?.name}'`, theta[index] ?? Number.NaN);
};

/** @throws CORE_PASS_NON_FINITE */
export const checkFinite = (pass: string | undefined, what: string, data: ArrayTensor['data']): void => {
  const index = data.findIndex((value) => !Number.isFinite(value));
  if (index >= 0) throw passMadeNonFinite(pass, what, data[index] ?? Number.NaN);
};

const flawOf = (before: Model, after: Model): string | undefined => {
  const parts = isPart(after?.target, 'target') && isPart(after.parameterization, 'parameterization');
  if (!parts) return 'no model, with a target and a parameterization';
  const [old, { inputShape, outputShape, parameters }] = [before.target.impl, after.target.impl];
  if (inputShape.join() !== old.inputShape.join())
    return `a network for inputs ${shownShape(inputShape)} instead of ${shownShape(old.inputShape)}`;
  if (outputShape.join() !== old.outputShape.join())
    return `a network with outputs ${shownShape(outputShape)} instead of ${shownShape(old.outputShape)}`;
  const buffers = Object.entries(initialBuffers(after.target.impl)).map(([name, { shape }]) => ({
    name,
    shape,
  }));
  const constants = after.parameterization.impl.constants?.(parameters) ?? [];
  return (
    misfit('constants', after.constants ?? {}, constants) ??
    misfit('trainables', after.trainables, modelMap(after).trainables) ??
    misfit('buffers', after.buffers, buffers)
  );
};

const misfit = (
  field: 'trainables' | 'buffers' | 'constants',
  arrays: NamedArrays,
  asked: readonly (TensorSpec & Partial<ConstantSpec>)[],
): string | undefined => {
  const given = new Map(Object.entries(arrays ?? {}));
  for (const { name, shape, dtype = 'float32' } of asked) {
    const array = given.get(name);
    if (array?.dtype !== dtype || array.shape.join() !== shape.join())
      return `${field} without '${name}' as ${dtype} ${shownShape(shape)}`;
    given.delete(name);
  }
  const [extra] = given.keys();
  return extra === undefined ? undefined : `${field} with '${extra}', which its parts do not name`;
};
