// Weights on a grid stay on it when some become zero: their codes become the zero point, whose value is 0.
import type { NamedArrays, ParameterMap, PlacedParameter, WeightFormat } from '@mapping-networks/core';
import type { Kept } from './mask.ts';

/** The formats of the inner map with the weights that are not kept at zero; those that cannot hold 0 are left out. */
export const maskedFormats = (
  { space, formats }: ParameterMap,
  trainables: NamedArrays,
  kept: Kept,
): Readonly<Record<string, WeightFormat>> => {
  const inner = formats?.(trainables) ?? {};
  return Object.fromEntries(
    space.parameters.flatMap((parameter) => {
      const format = inner[parameter.name];
      const masked = format && maskedFormat(format, parameter, kept);
      return masked ? [[parameter.name, masked]] : [];
    }),
  );
};

const maskedFormat = (
  format: WeightFormat,
  { offset, shape }: PlacedParameter,
  kept: Kept,
): WeightFormat | undefined => {
  if (!('codes' in format)) return format;
  const { axis, zeroPoints } = format;
  const [least, most] = format.type === 'int8' ? [-128, 127] : [-8, 7];
  if (zeroPoints.some((point) => point < least || point > most)) return undefined;
  const inside = axis === undefined ? 0 : shape.slice(axis + 1).reduce((size, side) => size * side, 1);
  const slices = axis === undefined ? 1 : (shape[axis] ?? 1);
  const codes = format.codes.map((code, i) =>
    kept[offset + i] === 0 ? (zeroPoints[inside === 0 ? 0 : Math.floor(i / inside) % slices] ?? 0) : code,
  );
  return { ...format, codes };
};
