// The pass: weights at full rank, the error at a lower one, ranks by energy, what it tells and what it refuses.
import { partLaws, passLaws } from '@mapping-networks/conformance';
import {
  applyPasses,
  createRegistry,
  direct,
  encodeBundle,
  float32,
  hadamard,
  kernel,
  bias,
  mapping,
  modelMap,
  modelParameters,
  modelSize,
  modelTheta,
  parameterSpace,
  toSpec,
  type FineTuning,
  type Model,
  type ParameterSpace,
  type Part,
  type PassContext,
} from '@mapping-networks/core';
import { factorize, lowRank, truncatedSvd } from '@mapping-networks/low-rank';
import { prune } from '@mapping-networks/prune';
import { cnn2, mlp } from '@mapping-networks/targets';
import { describe, expect, test } from 'vitest';
import { jacobiSingularValues } from './support/jacobi.ts';

const context: PassContext = {
  evaluate: async () => ({ loss: 0 }),
  outputs: async () => float32(new Float32Array(10), [1, 10]),
};

const fresh = (target: Part<'target'>, parameterization: Part<'parameterization'> = direct()): Model => {
  const parts = { target, parameterization };
  return { ...parts, trainables: modelMap(parts).init(0), buffers: {}, metrics: { 'test.accuracy': 0.5 } };
};

const small = mlp({ inputShape: [5, 5, 1], hidden: [30, 12], classes: 4 });

const worst = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Number.NaN))), 0);

describe.each([
  ['by rank', factorize({ rank: 3 })],
  ['by energy', factorize({ energy: 0.6 })],
  ['convolutions', factorize({ rank: { conv1: 2, fc1: 4 } })],
  ['trained on', factorize({ rank: 3, fineTune: { epochs: 2, learningRate: 0.01 } })],
])('%s', (_name, part) => {
  for (const { name, check } of passLaws(part, { plugins: [lowRank] })) test(name, check);
  for (const { name, check } of partLaws(part, [factorize])) test(name, check);
});

describe('weights', () => {
  test.each([
    ['directly trained', fresh(small)],
    ['generated', fresh(small, mapping({ latentDim: 64 }))],
    ['of low rank already', fresh(small, lowRank({ rank: { fc1: 7 } }))],
  ])('%s: at full rank all are what they were', async (_name, model) => {
    const { model: after } = await factorize({ rank: { fc1: 25, fc2: 12, fc3: 4 } }).impl.apply(
      model,
      context,
    );
    expect(worst(modelTheta(after), modelTheta(model))).toBeLessThan(1e-5);
  });

  test('the error of a matrix is the root of the squared singular values left out (Eckart & Young)', async () => {
    const model = fresh(small);
    const before = modelParameters(model)['fc1.kernel']?.data ?? new Float32Array(0);
    const values = jacobiSingularValues(25, 30, before);
    for (const rank of [1, 4, 11]) {
      const { model: after } = await factorize({ rank: { fc1: rank } }).impl.apply(model, context);
      const now = modelParameters(after)['fc1.kernel']?.data ?? [];
      const error = Math.hypot(...Array.from(before, (value, i) => value - (now[i] ?? Number.NaN)));
      expect(error).toBeCloseTo(Math.hypot(...values.slice(rank)), 5);
    }
  });

  test('tensors that are not factorized keep their values', async () => {
    const model = fresh(small);
    const { model: after } = await factorize({ rank: { fc2: 3 } }).impl.apply(model, context);
    const [before, now] = [modelParameters(model), modelParameters(after)];
    for (const name of Object.keys(before).filter((each) => each !== 'fc2.kernel'))
      expect(worst(now[name]?.data as Float32Array, before[name]?.data as Float32Array), name).toBeLessThan(
        1e-7,
      );
  });

  test('a kernel whose mean is not zero', async () => {
    const space = parameterSpace([
      kernel('fc', [9, 6], { type: 'normal', mean: 2, std: 0.1 }),
      bias('fc', 6),
    ]);
    const target = small.impl;
    const model = fresh({ ...small, impl: { ...target, parameters: space } });
    const { model: after } = await factorize({ rank: { fc: 6 } }).impl.apply(model, context);
    expect(worst(modelTheta(after), modelTheta(model))).toBeLessThan(1e-5);
  });
});

describe('the network', () => {
  test('is lowRank over direct, with the ranks in its options', async () => {
    const model = fresh(small);
    const { model: after } = await factorize({ rank: 4 }).impl.apply(model, context);
    expect(toSpec(after.parameterization)).toEqual({
      use: 'lowRank',
      rank: { fc1: 4, fc2: 4 },
      layers: 'dense',
      inner: { use: 'direct' },
    });
    expect(Object.keys(after.trainables)).toEqual(modelMap(after).trainables.map(({ name }) => name));
    expect(after.target).toBe(model.target);
    expect(after.metrics).toBeUndefined();
  });

  test('has new trainables, so that grids of former ones are left behind', async () => {
    const model = fresh(small);
    const encoding = { 'fc1.bias': { type: 'float16' }, 'fc1.kernel': { type: 'float16' } } as const;
    const { model: after } = await factorize({ rank: 4 }).impl.apply({ ...model, encoding }, context);
    expect(after).not.toHaveProperty('encoding');
    expect(() => encodeBundle(after)).not.toThrow();
  });

  test('names tensors where a layer has several matrices', async () => {
    const space: ParameterSpace = parameterSpace([
      { ...kernel('cell', [20, 30]), name: 'cell.kernel' },
      { ...kernel('cell', [30, 30]), name: 'cell.recurrentKernel', role: 'recurrentKernel' },
    ]);
    const model = fresh({ ...small, impl: { ...small.impl, parameters: space } });
    const { model: after, details } = await factorize({ rank: 5 }).impl.apply(model, context);
    expect(toSpec(after.parameterization)['rank']).toEqual({ 'cell.kernel': 5 });
    expect(Object.keys(details ?? {})).toEqual(['rank cell', 'energy cell', 'parameters cell']);
  });

  test('CNN2 with FC1 at rank 32 trains 35,914 numbers and tells what it keeps', async () => {
    const model = fresh(cnn2());
    const lines: string[] = [];
    const told = { ...context, say: (line: string) => lines.push(line) };
    const { model: after, details } = await factorize({ rank: { fc1: 32 } }).impl.apply(model, told);
    const trained = Object.values(after.trainables).reduce((sum, { data }) => sum + data.length, 0);
    expect(trained).toBe(35_914);
    expect(modelSize(after).weightBytes).toBe(4 * 35_914);
    expect(details?.['rank fc1']).toBe(32);
    expect(details?.['parameters fc1']).toBe(29_696);
    const kept = Number(details?.['energy fc1']);
    expect(lines).toEqual([
      `fc1: rank 32 keeps ${(100 * kept).toFixed(1)} % of the energy in 29696 numbers instead of 102400.`,
    ]);
  });
});

test('factors count as weights only where they are smaller than their product', () => {
  const model = fresh(small, lowRank({ rank: { fc1: 10, fc2: 10 } }));
  const size = modelSize(model);
  const products = modelMap(model).factors?.(model.trainables) ?? {};
  const saved = Object.values(products).map(({ u, v }) => {
    const whole = (u.shape[0] ?? 0) * (v.shape[1] ?? 0);
    return Math.max(0, whole - u.data.length - v.data.length);
  });
  expect(saved.filter((count) => count === 0)).toHaveLength(1);
  expect(size.weightBytes).toBe(4 * (size.parameters - saved.reduce((sum, count) => sum + count, 0)));
});

describe('rank by energy', () => {
  test('is that of the real singular values, layer by layer', async () => {
    const model = fresh(small, lowRank({ rank: { fc1: 2, fc2: 5 } }));
    const { details } = await factorize({ energy: 0.999, layers: ['fc1', 'fc2'] }).impl.apply(model, context);
    expect([details?.['rank fc1'], details?.['rank fc2']]).toEqual([2, 5]);
  });

  test('reaches the energy asked for, and one rank less does not', async () => {
    const model = fresh(small);
    const { details } = await factorize({ energy: 0.7, layers: ['fc1'] }).impl.apply(model, context);
    expect(details?.['energy fc1']).toBeGreaterThanOrEqual(0.7);
    const matrix = modelParameters(model)['fc1.kernel'];
    const rank = Number(details?.['rank fc1']) - 1;
    expect(matrix && truncatedSvd(matrix, { rank }).energy).toBeLessThan(0.7);
  });

  test('leaves what would not become smaller, unless it is named', async () => {
    const model = fresh(small);
    const ranked = async (part: Part<'pass'>): Promise<readonly string[]> =>
      Object.keys((await part.impl.apply(model, context)).details ?? {}).filter((name) =>
        name.startsWith('rank'),
      );
    expect(await ranked(factorize({ energy: 0.8 }))).toEqual(['rank fc1', 'rank fc2']);
    expect(await ranked(factorize({ energy: 1, layers: ['fc3'] }))).toEqual(['rank fc3']);
  });
});

describe('training on', () => {
  test('gets the factorized network and the options, and what it gives is the result', async () => {
    const asked: [Model, FineTuning][] = [];
    const trains: PassContext = {
      ...context,
      fineTune: async (model, how) => {
        asked.push([model, how]);
        return { ...model, buffers: { moved: float32(Float32Array.of(1)) } };
      },
    };
    const how = { epochs: 3, learningRate: 0.02 };
    const { model } = await factorize({ rank: 4, fineTune: how }).impl.apply(fresh(small), trains);
    expect(asked.map(([given]) => given.parameterization.name)).toEqual(['lowRank']);
    expect(asked.map(([, options]) => options)).toEqual([how]);
    expect(Object.keys(model.buffers)).toEqual(['moved']);
  });
});

describe('refuses', () => {
  const refused = async (part: Part<'pass'>, model: Model, code: string, text: string): Promise<void> => {
    const call = part.impl.apply(model, context);
    await expect(call).rejects.toThrow(expect.objectContaining({ code }));
    await expect(call).rejects.toThrow(text);
  };

  test('to train on where nobody can train', () =>
    refused(
      factorize({ rank: 4, fineTune: { epochs: 1 } }),
      fresh(small),
      'LOW_RANK_CANNOT_FINE_TUNE',
      'cannot train',
    ));

  test('weights that are not finite', async () => {
    const model = fresh(small);
    const data = new Float32Array(750).fill(Number.NaN);
    const broken = { ...model, trainables: { ...model.trainables, 'fc1.kernel': float32(data, [25, 30]) } };
    await refused(
      factorize({ rank: 4 }),
      broken,
      'LOW_RANK_NOT_FINITE',
      "Tensor 'fc1.kernel' has no singular values",
    );
  });

  test('a rank that a matrix cannot have, and networks that do not become smaller', async () => {
    const model = fresh(small);
    await refused(factorize({ rank: { fc3: 5 } }), model, 'LOW_RANK_RANK_TOO_LARGE', 'at most 4, got 5');
    await refused(factorize({ energy: 1 }), model, 'LOW_RANK_NOTHING_TO_FACTORIZE', 'at least one matrix');
    await refused(factorize({ rank: { fc4: 5 } }), model, 'LOW_RANK_UNKNOWN_LAYER', "got 'fc4'");
  });

  test('options that do not fit', () => {
    expect(() => factorize.parse({})).toThrow("pass 'factorize': expected exactly one of rank and energy");
    expect(() => factorize({ rank: 2, fineTune: { epochs: 0 } })).toThrow('above 0 and at most');
    // @ts-expect-error no such option
    expect(() => factorize({ rank: 2, retrain: true })).toThrow("no option 'retrain'");
  });
});

test('runs among passes, from a record', async () => {
  const registry = createRegistry([factorize]);
  const pass = registry.get('pass', 'factorize').parse({ energy: 0.5 });
  const { reports, warnings } = await applyPasses(
    fresh(small, mapping({ latentDim: 90, projection: hadamard() })),
    [pass],
    context,
  );
  expect(warnings).toEqual([]);
  expect(reports[0]?.pass).toEqual({ use: 'factorize', energy: 0.5, layers: 'dense' });
  expect(reports[0]?.details['rank fc1']).toBeGreaterThan(1);
});

test('a mask over few products is said to cost bytes, one over all that is left is not', async () => {
  const warned = async (sparsity: number): Promise<readonly string[]> => {
    const passes = [factorize({ rank: { fc1: 8 } }), prune({ sparsity })];
    return (await applyPasses(fresh(mlp({ hidden: [32] })), passes, context)).warnings.map(
      ({ code }) => code,
    );
  };
  expect(await warned(0.5)).toEqual(['CORE_PASS_GREW']);
  expect(await warned(0.9)).toEqual([]);
});
