// Parameterizations that are bound with arrays of their own: the laws hold with them, and each is broken once.
import { parameterizationLaws } from '@mapping-networks/conformance';
import {
  direct,
  float32,
  int32,
  type ConstantCoding,
  type NamedArrays,
  type ParameterMap,
  type Parameterization,
  type Part,
} from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectBroken } from './broken/names.ts';

beforeAll(() => tf.setBackend('cpu'));

/** 204 values that are added to those of `direct`. */
const shift: NamedArrays = { shift: float32(Float32Array.from({ length: 204 }, (_, i) => i / 100)) };

const shifted = (change: Partial<Parameterization> = {}): Part<'parameterization'> => {
  const part = direct();
  const bind: Parameterization['bind'] = (space, constants): ParameterMap => {
    const map = part.impl.bind(space);
    const own = constants?.['shift'];
    const ownOf = (name: string): readonly [offset: number, size: number] => {
      const { offset, size } = space.parameters.find((parameter) => parameter.name === name) ?? {
        offset: 0,
        size: 0,
      };
      return [offset, size];
    };
    return {
      ...map,
      frozen: () => ({ ...(own && { shift: own }) }),
      materialize: (trainables, { shift: all }) =>
        Object.fromEntries(
          Object.entries(map.materialize(trainables, {})).map(([name, value]) => {
            const piece = tf.slice(all as tf.Tensor1D, ...ownOf(name));
            return [name, tf.add(value, tf.reshape(piece, value.shape))];
          }),
        ),
      generate: (trainables) => map.generate(trainables).map((value, i) => value + (own?.data[i] ?? 0)),
    };
  };
  const constants: Parameterization['constants'] = ({ size }) => [
    { name: 'shift', shape: [size], dtype: 'float32' },
  ];
  return { ...part, impl: { ...part.impl, constants, bind, ...change } };
};

/** The shift as hundredths, one a byte. */
const hundredths: ConstantCoding = {
  mostBytes: 204,
  operations: () => 204,
  encode: ({ data }) => Uint8Array.from(data, (value) => Math.round(100 * value)),
  decode: (bytes) => float32(Float32Array.from(bytes, (byte) => byte / 100)),
};

const coded = (coding: Partial<ConstantCoding> = {}): Part<'parameterization'> =>
  shifted({
    constants: ({ size }) => [
      { name: 'shift', shape: [size], dtype: 'float32', coding: { ...hundredths, ...coding } },
    ],
  });

describe.each([
  ['as they are', shifted()],
  ['coded', coded()],
])('a map with constants, %s', (_name, part) => {
  for (const { name, check } of parameterizationLaws(part, { constants: shift })) test(name, check);
});

test('laws about constants are asked only of maps that name some', () => {
  const about = (part: Part<'parameterization'>): number =>
    parameterizationLaws(part).filter(({ name }) => name.includes('constants')).length;
  expect(about(direct())).toBeLessThan(about(shifted()));
});

test.each<[string, Part<'parameterization'>, NamedArrays | undefined, string]>([
  ['none given', shifted(), undefined, 'constants are declared'],
  ['another type', shifted(), { shift: int32(new Int32Array(204)) }, 'constants are declared'],
  ['another shape', shifted(), { shift: float32(new Float32Array(3)) }, 'constants are declared'],
  ['undeclared', shifted({ constants: () => [] }), shift, 'constants are declared'],
  [
    'one name twice',
    shifted({
      constants: () => [1, 2].map(() => ({ name: 'shift', shape: [204], dtype: 'float32' as const })),
    }),
    shift,
    'constants are declared',
  ],
  [
    'trainables that depend on them',
    shifted({
      bind: (space, constants) => {
        const map = shifted().impl.bind(space, constants);
        return constants === undefined ? { ...map, trainables: [] } : map;
      },
    }),
    shift,
    'without constants',
  ],
  [
    'a coding that loses something',
    coded({ encode: ({ data }) => Uint8Array.from(data) }),
    shift,
    'constants that are coded',
  ],
  ['more bytes than it says', coded({ mostBytes: 203 }), shift, 'constants that are coded'],
  ['no bytes', coded({ encode: () => new Uint8Array() }), shift, 'constants that are coded'],
])('the suite rejects: %s', async (_name, part, constants, fragment) => {
  await expectBroken(parameterizationLaws(part, constants && { constants }), fragment);
});
