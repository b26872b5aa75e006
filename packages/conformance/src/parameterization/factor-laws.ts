// A map that says which tensors are products says the truth: U V is what `generate` gives, and the formats of U and V store
// exactly these.
import { cut, sizeOf, type ArrayTensor, type MatrixFactors } from '@mapping-networks/core';
import { expectSameBits } from '../checks/arrays.ts';
import { wrongNames, wrongValue } from '../errors.ts';
import { law, type Law } from '../law.ts';
import { readBack } from './format-laws.ts';
import { movedTrainables, type MapCase } from './map-laws.ts';

/** U V in float64, and how large its terms are. */
const multiplied = (u: ArrayTensor, v: ArrayTensor): { products: Float64Array; size: number } => {
  const [rank = 0, columns = 0] = v.shape;
  const rows = u.data.length / rank;
  const products = new Float64Array(rows * columns);
  let size = 0;
  for (let at = 0; at < products.length; at++) {
    const [row, column] = [Math.floor(at / columns), at % columns];
    for (let k = 0; k < rank; k++) {
      const term = (u.data[row * rank + k] ?? 0) * (v.data[k * columns + column] ?? 0);
      products[at] = (products[at] ?? 0) + term;
      size = Math.max(size, Math.abs(term));
    }
  }
  return { products, size };
};

/** @throws for a format that stores other numbers */
const expectFormats = (name: string, { u, v, formats = {} }: MatrixFactors): void => {
  for (const [array, format, which] of [
    [u, formats.u, 'U'],
    [v, formats.v, 'V'],
  ] as const) {
    if (format === undefined || array.dtype !== 'float32') continue;
    expectSameBits(`${which} of '${name}' read back`, readBack(format, array.data, array.shape), array.data);
  }
};

const expectProduct = (name: string, { u, v }: MatrixFactors, { shape, data }: ArrayTensor): void => {
  const columns = shape.at(-1) ?? 1;
  const [rank = 0] = v.shape;
  const sides = [sizeOf(shape) / columns, rank, rank, columns].join();
  if ([...u.shape, ...v.shape].join() !== sides)
    throw wrongValue(
      `U and V of '${name}'`,
      `matrices of [${sides}]`,
      [...u.shape, ...v.shape].join(),
      'The columns are the last side of the tensor.',
    );
  const { products, size } = multiplied(u, v);
  const far = data.findIndex((value, at) => !(Math.abs(value - (products[at] ?? 0)) <= 1e-5 * size));
  if (far >= 0)
    throw wrongValue(`U V of '${name}' at ${far}`, String(data[far]), products[far], 'Leave it out.');
};

export const factorLaws = ({ seed, map }: MapCase): readonly Law[] =>
  map().factors === undefined
    ? []
    : [
        law('factors are those of what generate gives', () => {
          const trainables = movedTrainables(map(), seed);
          const expected = cut(map().space, map().generate(trainables));
          for (const [name, factors] of Object.entries(map().factors?.(trainables) ?? {})) {
            const product = expected[name];
            if (product === undefined) throw wrongNames('factors', Object.keys(expected), [name]);
            expectProduct(name, factors, product);
            expectFormats(name, factors);
          }
        }),
      ];
