// Models that compute their weights: they give what the weights give, they are small, and they are as fast.
import { float32, int32, mapping, modelMap, modelParameters, oneHot } from '@mapping-networks/core';
import type { NamedArrays, Part } from '@mapping-networks/core';
import { encodeModel, exportGenerator, type PortableModel } from '@mapping-networks/graph';
import { cnn2 } from '@mapping-networks/targets';
import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { optimized } from './on-runtime.ts';
import { logitsOf, noise } from './random-network.ts';
import { runPortable } from './run-portable.ts';

const target = cnn2();

interface Generator {
  readonly model: PortableModel;
  readonly weights: NamedArrays;
}

const generatorOf = (parameterization: Part<'parameterization'>, hinted: boolean): Generator => {
  const parts = { target, parameterization };
  const map = modelMap(parts);
  const trainables = map.init(1);
  const model = exportGenerator(
    ({ x, ...given }) => {
      const weights = map.materialize(given, given);
      return {
        logits: target.impl.apply(weights, {}, x as tf.Tensor, { training: false, masks: {} }).output,
      };
    },
    {
      inputs: { x: { shape: target.impl.inputShape, dtype: 'float32' } },
      weights: { ...trainables, ...map.frozen() },
      ...(hinted && { randomRows: map.randomRows?.() ?? [] }),
    },
  );
  return { model, weights: modelParameters({ ...parts, trainables, buffers: {} }) };
};

describe('networks with maps of their weights', () => {
  it.each([
    ['a block for each of 2,048 rows', mapping({ latentDim: 2048 }), 42_000, 16_000],
    ['padded blocks', mapping({ latentDim: 1000 }), 52_000, 15_000],
    ['a latent for each layer', mapping({ latentDim: 2048, strategy: 'layerwise' }), 65_000, 21_000],
    ['indices', mapping({ latentDim: 2048, projection: oneHot() }), 231_000, 231_000],
    ['modulation by z', mapping({ latentDim: 1024, modulation: { type: 'linear' } }), 65_000, 15_000],
  ])('%s', async (_, parameterization, packed, seeded) => {
    expect(encodeModel(generatorOf(parameterization, false).model).length).toBeLessThan(packed);
    const { model, weights } = generatorOf(parameterization, true);
    expect(encodeModel(model).length).toBeLessThan(seeded);
    const x = noise([3, 28, 28, 1], 2);
    const [actual] = await runPortable(model, [x]);
    const expected = logitsOf(target.impl, weights, x);
    const largest = expected.reduce((greatest, value) => Math.max(greatest, Math.abs(value)), 0);
    const worst = expected.reduce(
      (far, value, at) => Math.max(far, Math.abs(value - (actual?.[at] ?? NaN))),
      0,
    );
    expect(worst / largest).toBeLessThan(1e-5);
    // Nothing but the network is left for the runs.
    const has = await optimized(model);
    const made = [
      'BitShift',
      'BitwiseXor',
      'ScatterElements',
      'CumSum',
      'Where',
      'Cast',
      'GatherElements',
      'MatMul',
      'Mul',
      'Tanh',
      'Slice',
      'Transpose',
    ];
    expect(made.filter(has)).toEqual([]);
  });
});

/** What a model says of a table that only it knows. */
const roundTrip = async (table: Int32Array): Promise<readonly [bytes: number, values: readonly number[]]> => {
  const model = exportGenerator(
    ({ x, table: given }) => ({ y: tf.add(x as tf.Tensor, tf.cast(given as tf.Tensor, 'float32')) }),
    {
      inputs: { x: { shape: [table.length], dtype: 'float32' } },
      weights: { table: int32(table) },
    },
  );
  const [values] = await runPortable(model, [float32(new Float32Array(table.length), [1, table.length])]);
  return [encodeModel(model).length, Array.from(values ?? [])];
};

describe('tables', () => {
  /** Rows of n with the places of d numbers, half of them d higher, stored as [n/a, a]. */
  const placesTable = (rows: number, n: number, d: number, a: number, seed: number): Int32Array => {
    const chances = noise([rows * n * 2], seed).data;
    const table = new Int32Array(rows * n).fill(2 * d);
    for (let row = 0; row < rows; row++) {
      const order = Array.from({ length: n }, (_, i) => i).toSorted(
        (i, k) => (chances[row * n + i] as number) - (chances[row * n + k] as number),
      );
      const chosen = order.slice(0, d).toSorted((i, k) => i - k);
      chosen.forEach((i, value) => {
        const b = n / a;
        table[row * n + (i % b) * a + Math.floor(i / b)] =
          value + ((chances[rows * n + row * n + value] as number) > 0 ? d : 0);
      });
    }
    return table;
  };

  it('of places in rows take two bits a number, of whole rows one', async () => {
    const half = placesTable(40, 256, 200, 16, 1);
    expect(await roundTrip(half)).toEqual([expect.closeTo(half.length / 4, -4), Array.from(half)]);
    const whole = placesTable(40, 256, 256, 16, 2);
    expect(await roundTrip(whole)).toEqual([expect.closeTo(whole.length / 8, -4), Array.from(whole)]);
  });

  it('come back as they were', async () => {
    const power = (most: number): fc.Arbitrary<number> =>
      fc.integer({ min: 0, max: most }).map((e) => 2 ** e);
    const rowsOf = fc
      .record({
        rows: fc.integer({ min: 3, max: 6 }),
        n: power(8).map((side) => side * 8),
        seed: fc.nat(1e6),
      })
      .chain(({ rows, n, seed }) =>
        fc
          .tuple(fc.integer({ min: n / 2 + 1, max: n }), power(Math.log2(n)))
          .map(([d, a]) => placesTable(rows, n, d, a, seed)),
      );
    const any = fc
      .integer({ min: 1, max: 30 })
      .chain((bits) =>
        fc.array(fc.integer({ min: bits === 30 ? -(2 ** 20) : 0, max: 2 ** Math.min(bits, 20) }), {
          minLength: 300,
          maxLength: 900,
        }),
      )
      .map((values) => Int32Array.from(values));
    await fc.assert(
      fc.asyncProperty(fc.oneof(rowsOf, any), async (table) => {
        const [, values] = await roundTrip(table);
        expect(values).toEqual(Array.from(table));
      }),
      { numRuns: 60 },
    );
  });
});
