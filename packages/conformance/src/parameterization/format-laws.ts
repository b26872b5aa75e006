// A map that says in how few bits its values can be stored says the truth: what is read back is what `generate` gives.
import { cut, decodeHalf, encodeHalf, sizeOf, type WeightFormat } from '@mapping-networks/core';
import { expectLength, expectSameBits } from '../checks/arrays.ts';
import { wrongNames, wrongValue } from '../errors.ts';
import { law, type Law } from '../law.ts';
import { movedTrainables, type MapCase } from './map-laws.ts';

/** The values of a format, by the formula of the contract. */
export const readBack = (
  format: WeightFormat,
  values: Float32Array,
  shape: readonly number[],
): Float32Array => {
  if (!('codes' in format)) return decodeHalf(format.type, encodeHalf(format.type, values));
  const { codes, axis, scales, zeroPoints } = format;
  const run = axis === undefined ? values.length : sizeOf(shape.slice(axis + 1));
  const slices = axis === undefined ? 1 : (shape[axis] ?? 0);
  expectLength('codes', codes, values.length);
  expectLength('scales', scales, slices);
  expectLength('zeroPoints', zeroPoints, slices);
  return Float32Array.from(codes, (code, i) => {
    const slice = Math.floor(i / run) % slices;
    return Math.fround((scales[slice] ?? 0) * Math.fround(code - (zeroPoints[slice] ?? 0)));
  });
};

export const formatLaws = ({ seed, map }: MapCase): readonly Law[] => {
  if (map().formats === undefined) return [];
  return [
    law('formats store exactly what generate gives', () => {
      const trainables = movedTrainables(map(), seed);
      const expected = cut(map().space, map().generate(trainables));
      for (const [name, format] of Object.entries(map().formats?.(trainables) ?? {})) {
        const array = expected[name];
        if (array?.dtype !== 'float32') throw wrongNames('formats', Object.keys(expected), [name]);
        expectSameBits(`'${name}' read back`, readBack(format, array.data, array.shape), array.data);
      }
    }),
    law('codes are of their type', () => {
      for (const [name, format] of Object.entries(map().formats?.(movedTrainables(map(), seed)) ?? {})) {
        if (!('codes' in format) || format.type !== 'int4') continue;
        const stray = format.codes.find((code) => code < -8 || code > 7);
        if (stray !== undefined)
          throw wrongValue(
            `a code of '${name}'`,
            'a whole number of -8 to 7',
            stray,
            'Clip codes to their type.',
          );
      }
    }),
  ];
};
