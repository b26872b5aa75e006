// The parameterization: all laws for every kind of rounding, on every kind of map.
import { parameterizationLaws, partLaws } from '@mapping-networks/conformance';
import { direct, hadamard, mapping, type Part } from '@mapping-networks/core';
import { fakeQuantized, type WeightQuantization } from '@mapping-networks/quantize';
import { describe, test } from 'vitest';

const maps: readonly Part<'parameterization'>[] = [
  direct(),
  mapping({ latentDim: 24 }),
  mapping({ latentDim: 24, strategy: 'layerwise', activation: 'tanh', modulation: 'linear' }),
];
const kinds: readonly Partial<WeightQuantization>[] = [
  {},
  { type: 'int8', granularity: 'tensor', bias: true },
  { type: 'int8', symmetric: false, range: 'mse' },
  { type: 'int4', symmetric: false },
  { type: 'int4', range: 'mse', bias: true },
  { type: 'float16', bias: true },
  { type: 'bfloat16' },
];

describe.each(maps.map((inner) => [inner.name, inner] as const))('of %s', (_name, inner) => {
  describe.each(kinds.map((kind) => [JSON.stringify(kind), kind] as const))('%s', (_options, kind) => {
    const part = fakeQuantized({ inner, ...kind });
    for (const { name, check } of parameterizationLaws(part)) test(name, check);
    for (const { name, check } of partLaws(part, [fakeQuantized, direct, mapping, hadamard]))
      test(name, check);
  });
});
