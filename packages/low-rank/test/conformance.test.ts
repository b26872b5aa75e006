// `lowRank` keeps all laws of parameterizations and of parts, whatever is inside it.
import { parameterizationLaws, partLaws } from '@mapping-networks/conformance';
import {
  bias,
  dense,
  direct,
  hadamard,
  int32,
  kernel,
  mapping,
  oneHot,
  parameterSpace,
  type ArrayTensor,
  type Part,
} from '@mapping-networks/core';
import { lowRank } from '@mapping-networks/low-rank';
import { masked } from '@mapping-networks/prune';
import { fakeQuantized } from '@mapping-networks/quantize';
import { describe, test } from 'vitest';

const whole = lowRank({ rank: 2, inner: direct() });

describe.each<[string, Part<'parameterization'>]>([
  ['direct', whole],
  ['all matrices', lowRank({ rank: 2, layers: 'all' })],
  ['one layer', lowRank({ rank: { conv: 1 } })],
  ['by energy', lowRank({ energy: 0.6, layers: 'all' })],
  ['larger than the matrix', lowRank({ rank: { fc: 5 } })],
  ['single latent', lowRank({ rank: 3, inner: mapping({ latentDim: 24 }) })],
  ['single latent, oneHot', lowRank({ rank: 3, inner: mapping({ latentDim: 24, projection: oneHot() }) })],
  [
    'layer-wise',
    lowRank({ rank: 2, layers: 'all', inner: mapping({ latentDim: 24, strategy: 'layerwise' }) }),
  ],
  [
    'tanh, additive',
    lowRank({ rank: 2, inner: mapping({ latentDim: 24, activation: 'tanh', modulation: 'additive' }) }),
  ],
  [
    'trained projection',
    lowRank({ rank: 2, inner: mapping({ latentDim: 8, projection: dense(), train: ['projection'] }) }),
  ],
  [
    'low rank within low rank',
    lowRank({ rank: 4, inner: lowRank({ rank: 1, inner: mapping({ latentDim: 16 }) }) }),
  ],
])('%s', (_name, part) => {
  for (const { name, check } of parameterizationLaws(part)) test(name, check);
  for (const { name, check } of partLaws(part, [lowRank, direct, mapping, hadamard, oneHot, dense]))
    test(name, check);
});

describe('a kernel whose mean is not zero', () => {
  const space = parameterSpace([
    kernel('fc', [12, 9], { type: 'normal', mean: 0.3, std: 0.2 }),
    bias('fc', 9),
  ]);
  for (const { name, check } of parameterizationLaws(whole, { space })) test(name, check);
});

describe('masks on U and V, and on what they generate', () => {
  const space = parameterSpace([kernel('fc', [23, 10]), bias('fc', 10)]);
  /** Two of three are kept. */
  const mask = (size: number): ArrayTensor => {
    const words = new Int32Array(Math.ceil(size / 32));
    for (let i = 0; i < size; i++) if (i % 3 < 2) words[i >> 5] = (words[i >> 5] ?? 0) | (1 << (i & 31));
    return int32(words);
  };
  const inner = mapping({ latentDim: 16 });
  const within = lowRank({ rank: 3, inner: masked({ inner }) });
  const around = masked({ inner: lowRank({ rank: 3, inner }) });
  for (const { name, check } of parameterizationLaws(within, {
    space,
    constants: { 'inner/mask': mask(3 * (23 + 10) + 10) },
  }))
    test(`within: ${name}`, check);
  for (const { name, check } of parameterizationLaws(around, {
    space,
    constants: { mask: mask(space.size) },
  }))
    test(`around: ${name}`, check);
});

describe.each<[string, Part<'parameterization'>]>([
  ['int8 factors', lowRank({ rank: 3, inner: fakeQuantized({ inner: direct(), type: 'int8' }) })],
  [
    'int4 factors',
    lowRank({ rank: 1, layers: 'all', inner: fakeQuantized({ inner: direct(), type: 'int4' }) }),
  ],
  ['int8 product', fakeQuantized({ inner: lowRank({ rank: 3 }), type: 'int8' })],
])('%s', (_name, part) => {
  for (const { name, check } of parameterizationLaws(part)) test(name, check);
});
