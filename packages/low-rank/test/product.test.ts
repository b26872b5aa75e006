// The weights that U and V give: variance when fresh, the canonical product, and what is left to the inner
// parameterization.
import {
  bias,
  cut,
  direct,
  float32,
  gain,
  initMoments,
  kernel,
  mapping,
  parameterSpace,
  type NamedArrays,
  type ParameterSpec,
} from '@mapping-networks/core';
import { lowRank } from '@mapping-networks/low-rank';
import { cnn2 } from '@mapping-networks/targets';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

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

describe('a fresh U V', () => {
  /** ‖W − mean‖² / (m·n·σ²), averaged over runs; 1 when the variance is right. */
  const energy = (spec: ParameterSpec, rank: number, runs: number): number => {
    const one = parameterSpace([spec]);
    const map = lowRank({ rank, layers: [spec.layer] }).impl.bind(one);
    const { mean, std } = initMoments(spec);
    let sum = 0;
    for (let seed = 0; seed < runs; seed++)
      for (const w of map.generate(map.init(seed))) sum += ((w - mean) / std) ** 2;
    return sum / (runs * one.size);
  };

  test('has the variance of a fresh matrix, within six standard errors', () => {
    const inits = fc.constantFrom(
      { type: 'he' } as const,
      { type: 'glorot' } as const,
      { type: 'normal', mean: 0.4, std: 0.02 } as const,
    );
    const side = fc.integer({ min: 8, max: 40 });
    fc.assert(
      fc.property(side, side, fc.integer({ min: 1, max: 8 }), inits, (m, n, rank, init) => {
        const runs = 40;
        // Var tr(UᵀU V Vᵀ) of independent Wishart matrices is 2mnr(m + n + r + 1), its mean mnr.
        const error = Math.sqrt((2 * (m + n + rank + 1)) / (m * n * rank * runs));
        expect(Math.abs(energy(kernel('fc', [m, n], init), rank, runs) - 1)).toBeLessThan(6 * error);
      }),
      { numRuns: 30, seed: 5 },
    );
  });

  test('has it too when a latent generates U and V', () => {
    const spec = kernel('fc', [60, 40]);
    const one = parameterSpace([spec]);
    const { std } = initMoments(spec);
    let sum = 0;
    for (let seed = 0; seed < 40; seed++) {
      const inner = mapping({ latentDim: 256, seed });
      const map = lowRank({ rank: 8, layers: ['fc'], inner }).impl.bind(one);
      for (const w of map.generate(map.init(seed))) sum += (w / std) ** 2;
    }
    expect(sum / (40 * one.size)).toBeGreaterThan(0.9);
    expect(sum / (40 * one.size)).toBeLessThan(1.1);
  });
});

describe('the canonical product', () => {
  const value = fc.float({ noNaN: true, min: -8, max: 8 });
  const matrix = (rows: number, columns: number) =>
    fc.array(value, { minLength: rows * columns, maxLength: rows * columns });

  /** Float64, with the bound n·ε·Σ|u·v| of sums in float32, where a term may be too small for it. */
  const reference = (
    u: Float32Array,
    v: Float32Array,
    i: number,
    j: number,
    rank: number,
    columns: number,
  ) => {
    let [sum, size] = [0, 0];
    for (let k = 0; k < rank; k++) {
      const term = (u[i * rank + k] as number) * (v[k * columns + j] as number);
      sum += term;
      size += Math.abs(term);
    }
    return { sum, bound: (rank + 1) * (2 ** -23 * size + 2 ** -149) };
  };

  test('is U V to the last bits of float32, for any U and V', () => {
    const sides = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }));
    const cases = sides.chain(([m, n]) =>
      fc.integer({ min: 1, max: Math.min(m, n) }).chain((rank) =>
        fc.record({
          m: fc.constant(m),
          n: fc.constant(n),
          rank: fc.constant(rank),
          u: matrix(m, rank),
          v: matrix(rank, n),
        }),
      ),
    );
    fc.assert(
      fc.property(cases, ({ m, n, rank, u, v }) => {
        // With std = √r both factors have a scale of one: U and V are the trainables.
        const init = { type: 'normal', mean: 0, std: Math.sqrt(rank) } as const;
        const map = lowRank({ rank, layers: ['fc'] }).impl.bind(parameterSpace([kernel('fc', [m, n], init)]));
        const factors: NamedArrays = {
          'fc.u': float32(Float32Array.from(u), [m, rank]),
          'fc.v': float32(Float32Array.from(v), [rank, n]),
        };
        const theta = map.generate(factors);
        const [uData, vData] = ['fc.u', 'fc.v'].map((name) => factors[name]?.data as Float32Array);
        for (let i = 0; i < m; i++) {
          for (let j = 0; j < n; j++) {
            const { sum, bound } = reference(uData as Float32Array, vData as Float32Array, i, j, rank, n);
            expect(Math.abs((theta[i * n + j] as number) - sum)).toBeLessThanOrEqual(bound);
          }
        }
      }),
    );
  });

  test('leaves all other tensors as the inner parameterization makes them', () => {
    const map = lowRank({ rank: { fc: 4 } }).impl.bind(space);
    const trainables = map.init(3);
    const parameters = cut(space, map.generate(trainables));
    const inner = direct().impl.bind(parameterSpace(space.parameters.slice(0, 4)));
    const expected = cut(inner.space, inner.generate(trainables));
    for (const name of Object.keys(expected)) expect(parameters[name]?.data).toEqual(expected[name]?.data);
  });

  test('its cost is told: readers of files refuse what takes too long', () => {
    const { operations } = lowRank({ rank: { fc1: 32 } }).impl.bind(cnn2().impl.parameters);
    expect(operations).toBe(2 * 800 * 32 * 128);
  });
});

describe('what the inner parameterization is asked for', () => {
  test('learning rate and alignment are its own, smoothness is not offered', () => {
    const inner = mapping({ latentDim: 20, activation: 'tanh' });
    const part = lowRank({ rank: 4, inner });
    expect(part.impl.learningRate).toBe(inner.impl.learningRate);
    expect(Object.keys(part.impl.bind(space).regularizers)).toEqual(['alignment']);
    expect(lowRank({ rank: 4 }).impl.bind(space).regularizers).toEqual({});
  });

  test('constants, under a prefix of their own', () => {
    const shape = [20, 4];
    const inner = direct();
    const seen: (NamedArrays | undefined)[] = [];
    const fixed = {
      ...inner,
      impl: {
        learningRate: 0.1,
        constants: () => [{ name: 'mask/cell.u', shape, dtype: 'float32' as const }],
        bind: (bound: typeof space, constants?: NamedArrays) => {
          seen.push(constants);
          return { ...inner.impl.bind(bound), rounding: 0.01 };
        },
      },
    };
    const part = lowRank({ rank: 4, inner: fixed });
    expect(part.impl.constants?.(space)).toEqual([{ name: 'inner/mask/cell.u', shape, dtype: 'float32' }]);
    const mask = float32(new Float32Array(80), shape);
    expect(part.impl.bind(space, { 'inner/mask/cell.u': mask }).rounding).toBe(0.02);
    part.impl.bind(space);
    expect(seen).toEqual([{ 'mask/cell.u': mask }, undefined]);
    expect(lowRank({ rank: 4 }).impl.constants).toBeUndefined();
  });
});
