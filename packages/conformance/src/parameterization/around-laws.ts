// A parameterization that tells who makes what it is made of is the same one around the same inner one.
import type { NamedArrays, Parameterization, ParameterSpace } from '@mapping-networks/core';
import { expectSameBits } from '../checks/arrays.ts';
import { wrongNames } from '../errors.ts';
import { law, type Law } from '../law.ts';
import { movedTrainables, type MapCase } from './map-laws.ts';

/** None for a parameterization that is around nothing. */
export const aroundLaws = (
  { around }: Parameterization,
  { seed, map }: MapCase,
  space: ParameterSpace,
  constants: NamedArrays | undefined,
): readonly Law[] =>
  around === undefined
    ? []
    : [
        law('around its own inner part it makes the same parameters', () => {
          const again = around.with(around.inner).impl.bind(space, constants);
          const [own, other] = [map(), again].map(({ trainables }) => trainables.map(({ name }) => name));
          if (own?.join() !== other?.join()) throw wrongNames('around.with(inner)', own ?? [], other ?? []);
          const trainables = movedTrainables(map(), seed);
          expectSameBits('the parameters', again.generate(trainables), map().generate(trainables));
        }),
      ];
