// A parameter map is a function from trainables to all parameters of a space, given twice: on tensors for training,
// in canonical arithmetic for fingerprints.
import { cut, type NamedArrays, type ParameterMap, type TensorSpec } from '@mapping-networks/core';
import { expectFinite, expectLength, expectSameBits, expectSpecs } from '../checks/arrays.ts';
import { expectGradient } from '../checks/gradient.ts';
import { expectDifferentArrays, expectFiniteArrays, expectSameArrays } from '../checks/named.ts';
import { gaussian } from '../checks/random-arrays.ts';
import { expectNoLeak, expectNoTensors, onTensors } from '../checks/tensors.ts';
import { wrongNames, wrongValue } from '../errors.ts';
import { law, type Law } from '../law.ts';
import { expectAgreement } from './agreement.ts';
import { flatTensor } from './flat-tensor.ts';

export interface MapCase {
  readonly seed: number;
  map(): ParameterMap;
  /** Bound once more, from the same part. */
  rebound(): ParameterMap;
  frozen(): NamedArrays;
}

/** Fresh trainables moved a little, so that none of them is at a special place such as zero. */
export const movedTrainables = (map: ParameterMap, seed: number): NamedArrays =>
  Object.fromEntries(
    Object.entries(map.init(seed)).map(([name, { shape, data }]) => {
      const noise = gaussian(data.length, seed, 'moved', name);
      return [
        name,
        {
          dtype: 'float32',
          shape,
          data: Float32Array.from(data, (value, i) => value + 0.1 * (noise[i] ?? 0)),
        },
      ];
    }),
  );

const materialized = (map: ParameterMap, trainables: NamedArrays, frozen: NamedArrays): NamedArrays =>
  onTensors({ ...frozen, ...trainables }, (tensors) =>
    map.materialize(pick(tensors, trainables), pick(tensors, frozen)),
  );

/** The entries whose names `names` has. */
export const pick = <T>(from: Readonly<Record<string, T>>, names: object): Record<string, T> =>
  Object.fromEntries(Object.entries(from).filter(([name]) => Object.hasOwn(names, name)));

export const trainableLaws = ({ seed, map, rebound }: MapCase): readonly Law[] => [
  law('trainables have names of their own', () => {
    const names = map().trainables.map(({ name }) => name);
    if (new Set(names).size !== names.length) throw wrongNames('trainables', [...new Set(names)], names);
  }),
  law('init gives exactly the trainables, finite', () => {
    const fresh = map().init(seed);
    expectSpecs('init(seed)', fresh, map().trainables);
    expectFiniteArrays('init(seed)', fresh);
  }),
  law('init depends on the seed and on nothing else', () => {
    expectSameArrays('init(seed)', map().init(seed), map().init(seed));
    expectSameArrays('init(seed) after binding again', rebound().init(seed), map().init(seed));
    expectDifferentArrays('init under another seed', map().init(seed + 1), map().init(seed));
  }),
];

export const generationLaws = (mapCase: MapCase): readonly Law[] => {
  const { seed, map, rebound, frozen } = mapCase;
  const specs = (): readonly TensorSpec[] => map().space.parameters;
  const theta = (n: number): Float32Array => map().generate(movedTrainables(map(), seed + n));
  return [
    law('constants are the same at every call, and are no trainables', () => {
      expectSameArrays('frozen()', map().frozen(), frozen());
      expectSameArrays('frozen() after binding again', rebound().frozen(), frozen());
      const shared = map().trainables.filter(({ name }) => Object.hasOwn(frozen(), name));
      if (shared.length > 0)
        throw wrongNames(
          'constants',
          [],
          shared.map(({ name }) => name),
        );
    }),
    law('materialize gives exactly the parameters of the space, finite', () => {
      const parameters = materialized(map(), movedTrainables(map(), seed), frozen());
      expectSpecs('materialize', parameters, specs());
      expectFiniteArrays('materialize', parameters);
    }),
    law('generate gives all of θ, finite, with the same bits every time', () => {
      expectLength('generate', theta(0), map().space.size);
      expectFinite('generate', theta(0));
      expectSameBits('generate', theta(0), theta(0));
      expectSameBits(
        'generate after binding again',
        rebound().generate(movedTrainables(map(), seed)),
        theta(0),
      );
    }),
    law('materialize agrees with generate to 1e-5, but for rounding to a grid', () => {
      for (const trainables of [
        map().init(seed),
        movedTrainables(map(), seed),
        movedTrainables(map(), seed + 1),
      ]) {
        const expected = cut(map().space, map().generate(trainables));
        expectAgreement(map(), materialized(map(), trainables, frozen()), expected);
      }
    }),
    law('every trainable has an effect', () => {
      for (const { name } of map().trainables) {
        const trainables = movedTrainables(map(), seed);
        const other = { ...trainables, ...pick(movedTrainables(map(), seed + 1), { [name]: 1 }) };
        const [before, after] = [map().generate(trainables), map().generate(other)];
        const same = before.every((value, i) => Object.is(value, after[i]));
        if (same)
          throw wrongValue(
            `θ after a change of '${name}'`,
            'another θ',
            'the same θ',
            'Leave out trainables that do nothing.',
          );
      }
    }),
    law('the gradient of materialize meets finite differences, but where it rounds', () => {
      // Rounding is flat between its jumps; its gradient is chosen, not derived.
      if (map().rounding !== undefined) return;
      const compute = (tensors: Parameters<ParameterMap['materialize']>[0]) =>
        flatTensor(map().space, map().materialize(pick(tensors, at), pick(tensors, constants)));
      const [at, constants] = [movedTrainables(map(), seed), frozen()];
      expectGradient('materialize', { at, constants, compute }, { tolerance: 5e-3, seed });
    }),
    law('no tensor is kept, none of the caller’s disposed', () => {
      const trainables = movedTrainables(map(), seed);
      expectNoTensors('init, frozen and generate', () => [
        map().init(seed),
        map().frozen(),
        map().generate(trainables),
      ]);
      expectNoLeak('materialize', { ...frozen(), ...trainables }, (tensors) =>
        map().materialize(pick(tensors, trainables), pick(tensors, frozen())),
      );
    }),
    law('materialize computes the same twice', () => {
      const [at, constants] = [movedTrainables(map(), seed), frozen()];
      expectSameArrays('materialize', materialized(map(), at, constants), materialized(map(), at, constants));
    }),
  ];
};
