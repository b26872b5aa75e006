// Pruning single weights and N:M: exact counts whatever the size and the sparsity, the right weights, stage by stage.
import { partLaws, passLaws } from '@mapping-networks/conformance';
import { direct, mapping, modelTheta, type FineTuning, type Model } from '@mapping-networks/core';
import { masked, prune, type PruneInput, type PruneOptions } from '@mapping-networks/prune';
import { cnn2, feedForward, mlp } from '@mapping-networks/targets';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { networkOf, nobody, nonZero, places, pruned, trainer } from './network.ts';

describe.each([
  prune({ sparsity: 0.7 }),
  prune({ structure: '2:4' }),
  prune({ structure: 'filters', scope: 'layer' }),
  prune({ sparsity: 0.8, schedule: { type: 'cubic', steps: 3 }, fineTune: { epochs: 2 } }),
])('the laws for %o', (part) => {
  for (const { name, check } of passLaws(part, { plugins: [masked] })) test(name, check);
  for (const { name, check } of partLaws(part, [prune])) test(name, check);
});

test('CNN2 at 90 % keeps exactly 10,862 of its 108,618 parameters, biases counted', async () => {
  const model = networkOf(cnn2(), mapping({ latentDim: 2048 }));
  const { model: result, details } = await prune({ sparsity: 0.9 }).impl.apply(model, nobody);
  expect(nonZero(result)).toBe(10_862);
  expect(details).toMatchObject({ kept: 10_862, parameters: 108_618 });
  expect(details?.['sparsity']).toBeCloseTo(0.9, 5);
  expect(Object.keys(details ?? {})).toContain('sparsity fc1');
  expect(result.trainables).toBe(model.trainables);
  expect(result.parameterization.options).toEqual({ inner: model.parameterization });
});

const sizes = fc.record({
  inputs: fc.integer({ min: 1, max: 12 }),
  hidden: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 2 }),
  classes: fc.integer({ min: 1, max: 5 }),
  seed: fc.nat(1000),
});
const sparsities = fc.oneof(
  fc.integer({ min: 0, max: 999 }).map((share) => share / 1000),
  fc.constantFrom(0, 0.5, 0.9),
);
const small = ({
  inputs,
  hidden,
  classes,
  seed,
}: typeof sizes extends fc.Arbitrary<infer T> ? T : never): Model =>
  networkOf(mlp({ inputShape: [inputs], hidden, classes }), direct(), seed);

describe('exactly as many as asked', () => {
  test.each<PruneOptions['scope']>(['global', 'layer', 'tensor'])('scope %s', async (scope) => {
    await fc.assert(
      fc.asyncProperty(sizes, sparsities, async (size, sparsity) => {
        const model = small(size);
        const space = model.target.impl.parameters;
        const result = await pruned(model, { sparsity, scope });
        const stretches = {
          global: [{ offset: 0, size: space.size }],
          layer: space.layers,
          tensor: space.parameters,
        }[scope];
        const [before, after] = [modelTheta(model), modelTheta(result)];
        for (const { offset, size: all } of stretches) {
          expect(nonZero(result, offset, all)).toBe(all - Math.round(all * sparsity));
          const within = [...after.keys()].slice(offset, offset + all);
          const kept = within.filter((i) => after[i] !== 0).map((i) => Math.abs(before[i] ?? 0));
          const gone = within.filter((i) => after[i] === 0).map((i) => Math.abs(before[i] ?? 0));
          expect(Math.max(...gone, 0)).toBeLessThanOrEqual(Math.min(...kept, Infinity));
        }
        for (const i of places(result)) expect(after[i]).toBe(before[i]);
      }),
      { numRuns: 60 },
    );
  });

  test('of equal weights the first go', async () => {
    const model = networkOf(mlp({ inputShape: [3], hidden: [], classes: 2 }));
    const ones = Object.fromEntries(
      Object.entries(model.trainables).map(([name, array]) => [
        name,
        { ...array, data: array.data.map(() => 1) },
      ]),
    ) as Model['trainables'];
    expect(places(await pruned({ ...model, trainables: ones }, { sparsity: 0.5, scope: 'tensor' }))).toEqual([
      3, 4, 5, 7,
    ]);
  });
});

test('N:M: at most n of every m along the fan-in, the largest; biases stay', async () => {
  const target = feedForward({
    input: [5, 5, 3],
    layers: [
      { type: 'conv2d', name: 'conv', filters: 4, kernelSize: 3 },
      { type: 'flatten' },
      { type: 'dense', name: 'fc', units: 3 },
    ],
  });
  const form = fc
    .integer({ min: 2, max: 9 })
    .chain((m) => fc.record({ n: fc.integer({ min: 1, max: m - 1 }), m: fc.constant(m) }));
  await fc.assert(
    fc.asyncProperty(form, fc.nat(1000), async ({ n, m }, seed) => {
      const model = networkOf(target, direct(), seed);
      const result = await pruned(model, { structure: { n, m } });
      const [before, after] = [modelTheta(model), modelTheta(result)];
      for (const { role, offset, size, shape } of target.impl.parameters.parameters) {
        if (role === 'bias') {
          expect(nonZero(result, offset, size)).toBe(size);
          continue;
        }
        const units = shape.at(-1) ?? 1;
        for (let unit = 0; unit < units; unit++) {
          const column = Array.from({ length: size / units }, (_, row) => offset + row * units + unit);
          for (let first = 0; first < column.length; first += m) {
            const group = column.slice(first, first + m);
            const kept = group.filter((i) => after[i] !== 0);
            expect(kept).toHaveLength(Math.min(n, group.length));
            const least = Math.min(...kept.map((i) => Math.abs(before[i] ?? 0)));
            for (const i of group)
              if (after[i] === 0) expect(Math.abs(before[i] ?? 0)).toBeLessThanOrEqual(least);
          }
        }
      }
    }),
    { numRuns: 20 },
  );
});

describe('a network that is pruned again', () => {
  test('loses more within its mask, and is wrapped once', async () => {
    const once = await pruned(networkOf(cnn2({ inputShape: [12, 12, 1] }), mapping({ latentDim: 64 })), {
      sparsity: 0.5,
    });
    const twice = await pruned(once, { sparsity: 0.8, scope: 'layer' });
    expect(twice.parameterization).toBe(once.parameterization);
    const left = new Set(places(once));
    expect(places(twice).every((place) => left.has(place))).toBe(true);
    expect(nonZero(twice)).toBeLessThan(nonZero(once));
    expect(nonZero(await pruned(twice, { structure: '2:4' }))).toBeLessThan(nonZero(twice));
  });

  test('gets no weight back at a lower sparsity', async () => {
    const once = await pruned(networkOf(mlp({ inputShape: [9], hidden: [5] })), { sparsity: 0.9 });
    expect(places(await pruned(once, { sparsity: 0.3 }))).toEqual(places(once));
  });

  test('keeps the grid of a latent that stays where it is', async () => {
    const encoding = { 'fc1.bias': { type: 'float16' } } as const;
    const model: Model = { ...networkOf(mlp({ inputShape: [9], hidden: [5] })), encoding };
    expect((await pruned(model, { sparsity: 0.5 })).encoding).toBe(encoding);
  });

  test('keeps constants of what is inside, and leaves scores behind that are no longer true', async () => {
    const model: Model = {
      ...networkOf(mlp({ inputShape: [9], hidden: [5] })),
      metrics: { 'test.accuracy': 1 },
    };
    const { constants = {}, ...inside } = await pruned(model, { sparsity: 0.5 });
    expect(inside.metrics).toBeUndefined();
    const outer = {
      ...inside,
      parameterization: masked({ inner: masked({ inner: inside.parameterization }) }),
    };
    const both = { ...constants, 'inner/mask': constants['mask'], 'inner/inner/mask': constants['mask'] };
    const again = await pruned(
      { ...outer, constants: both as Model['constants'] & object },
      { sparsity: 0.7 },
    );
    expect(Object.keys(again.constants ?? {})).toEqual(['mask', 'inner/mask', 'inner/inner/mask']);
    expect(again.constants?.['inner/mask']).toBe(constants['mask']);
  });
});

describe('training on', () => {
  const model = networkOf(mlp({ inputShape: [30], hidden: [20] }), mapping({ latentDim: 40 }));

  test('once, with all epochs, to the end', async () => {
    const asked: FineTuning[] = [];
    const result = await pruned(
      model,
      { sparsity: 0.8, fineTune: { epochs: 3, learningRate: 0.01 } },
      trainer(asked),
    );
    expect(asked).toEqual([{ epochs: 3, learningRate: 0.01, decay: 'cosine' }]);
    expect(result.trainables).not.toEqual(model.trainables);
    expect(nonZero(result)).toBe(830 - 664);
  });

  test('in stages of Zhu & Gupta: less and less goes, and in the end exactly what was asked', async () => {
    const asked: FineTuning[] = [];
    const kept: number[] = [];
    const context = trainer(asked);
    const watched = {
      ...context,
      fineTune: (...how: Parameters<NonNullable<typeof context.fineTune>>) => {
        kept.push(nonZero(how[0]));
        return context.fineTune?.(...how) ?? Promise.resolve(model);
      },
    };
    const options: PruneInput = {
      sparsity: 0.9,
      schedule: { type: 'cubic', steps: 4 },
      fineTune: { epochs: 2 },
    };
    const result = await pruned(model, options, watched);
    expect(asked.map(({ epochs, decay }) => [epochs, decay])).toEqual([
      [0.5, 'constant'],
      [0.5, 'constant'],
      [0.5, 'constant'],
      [0.5, 'cosine'],
    ]);
    const formula = [1, 2, 3, 4].map((t) => 830 - Math.round(830 * (0.9 - 0.9 * (1 - t / 4) ** 3)));
    expect(kept).toEqual(formula);
    expect(nonZero(result)).toBe(83);
  });

  test('the exact number after any number of stages, from any start', async () => {
    await fc.assert(
      fc.asyncProperty(
        sizes,
        sparsities,
        sparsities,
        fc.integer({ min: 2, max: 6 }),
        async (size, first, last, steps) => {
          const start = await pruned(small(size), { sparsity: first });
          const { size: all } = start.target.impl.parameters;
          const result = await pruned(
            start,
            { sparsity: last, schedule: { type: 'cubic', steps }, fineTune: { epochs: 1 } },
            trainer([], 0.9),
          );
          expect(nonZero(result)).toBe(all - Math.round(all * Math.max(first, last)));
        },
      ),
      { numRuns: 40 },
    );
  });

  test('says what it does', async () => {
    const lines: string[] = [];
    await prune({ sparsity: 0.9 }).impl.apply(model, { ...nobody, say: (line) => lines.push(line) });
    expect(lines).toEqual(['83 parameters are kept, 90.0 % are zero.']);
  });

  test('PRUNE_CANNOT_FINE_TUNE where nobody trains', async () => {
    const { impl } = prune({ fineTune: { epochs: 1 } });
    await expect(impl.apply(model, nobody)).rejects.toMatchObject({ code: 'PRUNE_CANNOT_FINE_TUNE' });
  });
});
