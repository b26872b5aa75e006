// Regularisers of a map are exact: their closed forms equal what the map's own derivatives give, row by row.
import type { NamedArrays, NamedTensors, Regularizer, RegularizerName } from '@mapping-networks/core';
import type * as tf from '@tensorflow/tfjs-core';
import { expectClose, expectFinite, expectShape } from '../checks/arrays.ts';
import { expectGradient } from '../checks/gradient.ts';
import { expectSameArrays } from '../checks/named.ts';
import { expectNoLeak, numbersOf, onTensors } from '../checks/tensors.ts';
import { aboveLimit, belowLimit } from '../errors.ts';
import { law, type Law } from '../law.ts';
import { squaredJacobian } from './jacobian.ts';
import { movedTrainables, pick, type MapCase } from './map-laws.ts';

/** Larger spaces have too many rows to differentiate one by one. */
const MOST_ROWS = 2000;

export const regularizerLaws = (mapCase: MapCase, isLatent: (name: string) => boolean): readonly Law[] => {
  const { map } = mapCase;
  const regularizers = Object.entries(map().regularizers) as [RegularizerName, Regularizer][];
  return [
    ...regularizers.flatMap(([name, regularizer]) => commonLaws(mapCase, name, regularizer)),
    ...regularizers
      .filter(([name]) => name === 'alignment')
      .flatMap(([, regularizer]) => alignmentLaws(mapCase, regularizer)),
    ...regularizers
      // A map that rounds has the regularisers of the map before rounding.
      .filter(([name]) => name === 'smoothness' && map().rounding === undefined)
      .filter(() => map().space.size <= MOST_ROWS)
      .flatMap(([, regularizer]) => smoothnessLaws(mapCase, regularizer, isLatent)),
  ];
};

const valueOf = (regularizer: Regularizer, trainables: NamedArrays, constants: NamedArrays): number =>
  numbersOf({ ...constants, ...trainables }, (tensors) =>
    regularizer.evaluate(pick(tensors, trainables), pick(tensors, constants)),
  )[0] ?? Number.NaN;

const commonLaws = (
  { map, frozen, seed }: MapCase,
  name: RegularizerName,
  regularizer: Regularizer,
): readonly Law[] => {
  const constants = (): NamedArrays => ({ ...frozen(), ...regularizer.frozen() });
  const at = (): NamedArrays => movedTrainables(map(), seed);
  const evaluate = (tensors: NamedTensors): tf.Scalar =>
    regularizer.evaluate(pick(tensors, at()), pick(tensors, constants()));
  return [
    law(`${name} is a finite scalar, the same every time`, () => {
      const [first, second] = [0, 1].map(() =>
        onTensors({ ...constants(), ...at() }, (tensors) => ({ value: evaluate(tensors) })),
      );
      expectShape(name, first?.['value']?.shape ?? [Number.NaN], []);
      expectFinite(name, first?.['value']?.data ?? []);
      expectSameArrays(name, second ?? {}, first ?? {});
      expectSameArrays(`${name} constants`, regularizer.frozen(), regularizer.frozen());
    }),
    law(`the gradient of ${name} meets finite differences`, () => {
      expectGradient(
        name,
        { at: at(), constants: constants(), compute: evaluate },
        { tolerance: 2e-2, seed },
      );
    }),
    law(`${name} keeps no tensor`, () => {
      expectNoLeak(name, { ...constants(), ...at() }, evaluate);
    }),
    ...(regularizer.constantBecause === undefined
      ? []
      : [
          law(`${name} is constant, as it says`, () => {
            const values = [0, 1, 2].map((n) =>
              valueOf(regularizer, movedTrainables(map(), seed + n), constants()),
            );
            expectClose(
              name,
              values,
              values.map(() => values[0] ?? 0),
              1e-5,
            );
          }),
        ]),
  ];
};

const alignmentLaws = ({ map, frozen, seed }: MapCase, regularizer: Regularizer): readonly Law[] => [
  law('alignment, 1 − cos, lies between 0 and 2', () => {
    for (let n = 0; n < 3; n++) {
      const value = valueOf(regularizer, movedTrainables(map(), seed + n), {
        ...frozen(),
        ...regularizer.frozen(),
      });
      if (value > 2 + 1e-6) throw aboveLimit('alignment', 2, value, COSINE);
      if (value < -1e-6) throw belowLimit('alignment', 0, value, COSINE);
    }
  }),
];

const smoothnessLaws = (
  { map, frozen, seed }: MapCase,
  regularizer: Regularizer,
  isLatent: (name: string) => boolean,
): readonly Law[] => [
  law('smoothness is the squared norm of the Jacobian ∂θ/∂z', () => {
    const latents = map()
      .trainables.map(({ name }) => name)
      .filter(isLatent);
    const at = movedTrainables(map(), seed);
    const received = valueOf(regularizer, at, { ...frozen(), ...regularizer.frozen() });
    expectClose('smoothness', [received], [squaredJacobian(map(), at, frozen(), latents)], 1e-4);
  }),
];

const COSINE = 'It is a cosine taken from 1; divide by both lengths.';
