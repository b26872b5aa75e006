// Arrays that are neither trained nor seeded, such as masks: declared with shape and type, and not needed to say what is
// trained, because a reader of files learns that first.
import type { ConstantSpec, NamedArrays, Parameterization, ParameterSpace } from '@mapping-networks/core';
import { expectSpecs } from '../checks/arrays.ts';
import { expectSameArrays } from '../checks/named.ts';
import { wrongNames, wrongValue } from '../errors.ts';
import { law, type Law } from '../law.ts';

/** None for a map that names no constants and gets none. */
export const constantLaws = (
  parameterization: Parameterization,
  space: ParameterSpace,
  given: NamedArrays | undefined,
): readonly Law[] => {
  if (parameterization.constants === undefined && given === undefined) return [];
  const declared = (): readonly ConstantSpec[] => parameterization.constants?.(space) ?? [];
  return [
    law('constants are declared, each with a name of its own, in its shape and type', () => {
      const specs = declared();
      const names = specs.map(({ name }) => name);
      if (new Set(names).size !== names.length)
        throw wrongNames('constants(space)', [...new Set(names)], names);
      expectSpecs('the constants given', given ?? {}, specs);
      for (const { name, dtype } of specs) {
        const received = given?.[name]?.dtype;
        if (received !== dtype)
          throw wrongValue(`dtype of the constant '${name}'`, dtype, received, 'Declare what the map reads.');
      }
    }),
    law('constants that are coded come back from their bytes, as few as they say', () => {
      const trainables = parameterization.bind(space, given).init(0);
      for (const { name, coding } of declared()) {
        const array = given?.[name];
        if (!coding || !array) continue;
        const bytes = coding.encode(array, trainables);
        if (bytes.length < 1 || bytes.length > coding.mostBytes)
          throw wrongValue(
            `bytes of the constant '${name}'`,
            `1 to ${coding.mostBytes}`,
            bytes.length,
            'Let mostBytes hold for every array, and write one byte at least.',
          );
        const again = coding.decode(bytes, trainables);
        expectSameArrays('constants from their bytes', { [name]: again }, { [name]: array });
      }
    }),
    law('without constants the map tells the same trainables', () => {
      const told = (constants?: NamedArrays): string =>
        JSON.stringify(parameterization.bind(space, constants).trainables);
      if (told() !== told(given))
        throw wrongValue(
          'trainables without constants',
          told(given),
          told(),
          'Let no constant decide about them.',
        );
    }),
  ];
};
