// Which tensors of a target become U V, names, places and sizes of both, and which options are refused.
import {
  bias,
  direct,
  gain,
  kernel,
  mapping,
  parameterSpace,
  sizeOf,
  type ParameterMap,
  type Part,
} from '@mapping-networks/core';
import { lowRank, type LowRankInput } from '@mapping-networks/low-rank';
import { cnn2 } from '@mapping-networks/targets';
import { describe, expect, test } from 'vitest';

const trained = ({ trainables }: ParameterMap): number =>
  trainables.reduce((sum, { shape }) => sum + sizeOf(shape), 0);

const names = ({ trainables }: ParameterMap): readonly string[] => trainables.map(({ name }) => name);

const space = parameterSpace([
  kernel('conv', [3, 3, 8, 16]),
  bias('conv', 16),
  gain('norm', 16),
  bias('norm', 16),
  { ...kernel('cell', [20, 30]), name: 'cell.kernel' },
  { ...kernel('cell', [30, 30]), name: 'cell.recurrentKernel', role: 'recurrentKernel' },
  kernel('fc', [30, 10]),
  bias('fc', 10),
]);

const replaced = (options: LowRankInput): readonly string[] =>
  names(lowRank(options).impl.bind(space)).filter((name) => /\.[uv]$/.test(name));

describe('CNN2', () => {
  const map = lowRank({ rank: { fc1: 32 }, inner: direct() }).impl.bind(cnn2().impl.parameters);

  test('has 35,914 parameters with FC1 at rank 32, as published', () => {
    expect(trained(map)).toBe(35_914);
    expect(map.space.size).toBe(108_618);
  });

  test('has U and V where FC1 was', () => {
    expect(names(map)).toEqual([
      'conv1.kernel',
      'conv1.bias',
      'conv2.kernel',
      'conv2.bias',
      'fc1.u',
      'fc1.v',
      'fc1.bias',
      'fc2.kernel',
      'fc2.bias',
    ]);
    expect(map.trainables.slice(4, 6).map(({ shape }) => shape)).toEqual([
      [800, 32],
      [32, 128],
    ]);
  });

  test('is generated whole from 1,456 numbers', () => {
    const small = lowRank({ rank: { fc1: 32 }, inner: mapping({ latentDim: 1456 }) }).impl;
    const bound = small.bind(cnn2().impl.parameters);
    expect(trained(bound)).toBe(1456);
    expect(bound.generate(bound.init(0))).toHaveLength(108_618);
  });
});

describe('which matrices', () => {
  test('kernels of dense layers that become smaller, by default', () => {
    expect(replaced({ rank: 6 })).toEqual(['cell.u', 'cell.v', 'fc.u', 'fc.v']);
    // 30 × 10 numbers against 8 · (30 + 10).
    expect(replaced({ rank: 8 })).toEqual(['cell.u', 'cell.v']);
  });

  test('all kernels, convolutions as (height · width · in) × out', () => {
    expect(replaced({ rank: 8, layers: 'all' })).toEqual([
      'conv.u',
      'conv.v',
      'cell.u',
      'cell.v',
      'cell.recurrentKernel.u',
      'cell.recurrentKernel.v',
    ]);
    const [u, v] = lowRank({ rank: 8, layers: 'all' }).impl.bind(space).trainables;
    expect([u?.shape, v?.shape]).toEqual([
      [72, 8],
      [8, 16],
    ]);
  });

  test('those that are named, smaller or not, by layer or by tensor', () => {
    expect(replaced({ rank: 10, layers: ['fc'] })).toEqual(['fc.u', 'fc.v']);
    expect(replaced({ rank: { cell: 4 } })).toEqual([
      'cell.u',
      'cell.v',
      'cell.recurrentKernel.u',
      'cell.recurrentKernel.v',
    ]);
    expect(replaced({ rank: 3, layers: ['cell.recurrentKernel', 'conv'] })).toEqual([
      'conv.u',
      'conv.v',
      'cell.recurrentKernel.u',
      'cell.recurrentKernel.v',
    ]);
  });

  test('with a rank for each; that of a tensor goes before that of its layer', () => {
    const map = lowRank({ rank: { cell: 4, 'cell.recurrentKernel': 7 } }).impl.bind(space);
    const shapes = Object.fromEntries(map.trainables.map(({ name, shape }) => [name, shape]));
    expect(shapes['cell.u']).toEqual([20, 4]);
    expect(shapes['cell.recurrentKernel.v']).toEqual([7, 30]);
  });

  test('of the rank that keeps an energy of a fresh matrix', () => {
    const ranks = (energy: number): readonly number[] =>
      lowRank({ energy, layers: ['fc'] })
        .impl.bind(space)
        .trainables.filter(({ name }) => name === 'fc.u')
        .flatMap(({ shape }) => shape.slice(1));
    expect([...ranks(0.2), ...ranks(0.5), ...ranks(0.9), ...ranks(1)]).toEqual([1, 3, 8, 10]);
  });

  test('within another lowRank: its U and V', () => {
    const map = lowRank({ rank: 6, layers: ['fc'], inner: lowRank({ rank: 2, layers: ['fc'] }) }).impl.bind(
      space,
    );
    expect(names(map).filter((name) => name.startsWith('fc'))).toEqual([
      'fc.u.u',
      'fc.u.v',
      'fc.v.u',
      'fc.v.v',
      'fc.bias',
    ]);
  });
});

describe('wrong options', () => {
  const refused = (make: () => unknown, code: string, text: string | RegExp): void => {
    expect(make).toThrow(expect.objectContaining({ code }));
    expect(make).toThrow(text);
  };
  const bound = (options: LowRankInput) => () => lowRank(options).impl.bind(space);

  test('exactly one of rank and energy', () => {
    const given = (words: string): string => `exactly one of rank and energy, got ${words}`;
    // @ts-expect-error neither
    refused(() => lowRank({ layers: 'all' }), 'LOW_RANK_RANK_OR_ENERGY', given('neither'));
    // @ts-expect-error both
    refused(() => lowRank({ rank: 2, energy: 0.9 }), 'LOW_RANK_RANK_OR_ENERGY', given('both'));
  });

  test('no layers beside ranks that name them', () => {
    refused(
      () => lowRank({ rank: { fc: 2 }, layers: ['fc'] }),
      'LOW_RANK_LAYERS_BESIDE_RANKS',
      'no layers beside ranks',
    );
  });

  test.each([
    [{ rank: 0 }, 'rank'],
    [{ rank: 1.5 }, 'rank'],
    [{ rank: 40_000 }, 'rank'],
    [{ rank: { fc: 0 } }, "option 'rank.fc': expected a whole number of 1 to 32,768, got 0"],
    [{ energy: 0 }, 'a number above 0 and at most 1, got 0'],
    [{ energy: 1.01 }, 'a number above 0 and at most 1, got 1.01'],
    [{ rank: 2, layers: 'convolutions' }, 'layers'],
    [{ rank: 2, layers: [] }, 'layers'],
  ])('%o', (options, text) => {
    refused(() => lowRank.parse(options), 'CORE_INVALID_OPTIONS', text);
  });

  test('layers that are not there, or have no matrix', () => {
    refused(bound({ rank: { fd: 2 } }), 'LOW_RANK_UNKNOWN_LAYER', "got 'fd'. Did you mean 'fc'?");
    refused(bound({ rank: 2, layers: ['norm'] }), 'LOW_RANK_NOT_A_MATRIX', "got 'norm'");
    refused(bound({ rank: 2, layers: ['fc.bias'] }), 'LOW_RANK_NOT_A_MATRIX', "got 'fc.bias'");
    refused(bound({ rank: { constructor: 2 } }), 'LOW_RANK_UNKNOWN_LAYER', "got 'constructor'");
  });

  test('a rank that the matrix cannot have', () => {
    refused(
      bound({ rank: { fc: 11 } }),
      'LOW_RANK_RANK_TOO_LARGE',
      "'fc.kernel', a matrix of 30×10, has a rank of at most 10, got 11",
    );
  });

  test('low rank in low rank in low rank, each with twice as many matrices', () => {
    let inner: Part<'parameterization'> = direct();
    for (let level = 0; level < 40; level++) inner = lowRank({ rank: { fc: 1 }, inner });
    refused(() => inner.impl.bind(space), 'LOW_RANK_TOO_MANY_TENSORS', 'tensors, expected at most 16384');
  });

  test('ranks that make nothing smaller', () => {
    refused(bound({ rank: 30 }), 'LOW_RANK_NOTHING_TO_FACTORIZE', 'at least one matrix that is smaller');
    refused(bound({ energy: 1 }), 'LOW_RANK_NOTHING_TO_FACTORIZE', 'a lower rank or energy');
  });
});
