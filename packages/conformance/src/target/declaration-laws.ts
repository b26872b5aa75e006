// What a target declares about itself.
import { sizeOf, type Target } from '@mapping-networks/core';
import { wrongNames, wrongValue } from '../errors.ts';
import { law, type Law } from '../law.ts';

const isShape = (shape: readonly number[]): boolean =>
  shape.every((side) => Number.isSafeInteger(side) && side > 0);

const expectUnique = (what: string, specs: readonly { readonly name: string }[]): void => {
  const names = specs.map(({ name }) => name);
  if (new Set(names).size !== names.length) throw wrongNames(what, [...new Set(names)], names);
};

export const declarationLaws = (target: Target, parameterCount: number | undefined): readonly Law[] => [
  law('the parameter count is the sum of the parameters’ sizes', () => {
    const { parameters, size } = target.parameters;
    const sum = parameters.reduce((total, { shape }) => total + sizeOf(shape), 0);
    if (sum !== size) throw wrongValue('size of the space', sum, size, 'Make the space with parameterSpace.');
  }),
  ...(parameterCount === undefined
    ? []
    : [
        law(`the target has ${parameterCount} parameters`, () => {
          const { size } = target.parameters;
          if (size !== parameterCount)
            throw wrongValue('parameters', parameterCount, size, 'Compare layer by layer.');
        }),
      ]),
  law('shapes are whole and positive, buffers and masks have names of their own, rates lie in [0, 1)', () => {
    const { inputShape, outputShape, buffers, masks } = target;
    const shapes = [inputShape, outputShape, ...[...buffers, ...masks].map(({ shape }) => shape)];
    const wrong = shapes.find((shape) => !isShape(shape));
    if (wrong)
      throw wrongValue('shape', 'whole sides of at least 1', wrong, 'Leave out the batch dimension.');
    expectUnique('buffers', buffers);
    expectUnique('masks', masks);
    const rate = masks.map((mask) => mask.rate).find((value) => !(value >= 0 && value < 1));
    if (rate !== undefined)
      throw wrongValue('rate of a mask', 'a number in [0, 1)', rate, 'It is the share dropped.');
    const initial = buffers.map((buffer) => buffer.initial).find((value) => !Number.isFinite(value));
    if (initial !== undefined)
      throw wrongValue('initial of a buffer', 'a finite number', initial, 'Use 0 or 1.');
  }),
];
