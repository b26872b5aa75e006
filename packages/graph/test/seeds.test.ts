// Tables that are stored as seeds come back as they were, and only those that are drawn of them are.
import {
  childKey,
  float32,
  hadamard,
  int32,
  randomKey,
  words,
  type NamedArrays,
  type RandomRows,
} from '@mapping-networks/core';
import { encodeModel, exportGenerator, type PortableModel } from '@mapping-networks/graph';
import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { withFunctions } from '../src/generator/functions/with-functions.ts';
import { seededTables } from '../src/generator/seeded/seeded-tables.ts';
import type { OnnxTensor } from '../src/onnx/model.ts';
import { runPortable } from './run-portable.ts';

interface Tables {
  readonly spread: Int32Array;
  readonly left: Float32Array;
  readonly randomRows: readonly RandomRows[];
}

const tablesOf = (rows: number, columns: number, seed: number): Tables => {
  const map = hadamard().impl.bind(rows, columns, randomKey(seed, 'seeds'));
  const { spread, left } = map.frozen();
  return {
    spread: spread?.data as Int32Array,
    left: left?.data as Float32Array,
    randomRows: map.randomRows?.() ?? [],
  };
};

/** A model that adds its tables to what it is given. */
const modelOf = ({ spread, left }: Tables, randomRows: readonly RandomRows[]): PortableModel => {
  const weights: NamedArrays = { spread: int32(spread), left: float32(left) };
  return exportGenerator(
    (given) => {
      const table = tf.concat([tf.cast(given['spread'] as tf.Tensor, 'float32'), given['left'] as tf.Tensor]);
      return { y: tf.add(given['x'] as tf.Tensor, table) };
    },
    { inputs: { x: { shape: [spread.length + left.length], dtype: 'float32' } }, weights, randomRows },
  );
};

const expectTables = async (model: PortableModel, { spread, left }: Tables): Promise<void> => {
  const count = spread.length + left.length;
  const [values] = await runPortable(model, [float32(new Float32Array(count), [1, count])]);
  expect(values).toEqual(Float32Array.from([...spread, ...left]));
};

const drawn = ({ functions = [] }: PortableModel): boolean =>
  functions.some(({ name }) => name === 'threefry');

const bytesOf = ({ initializers }: PortableModel): number =>
  initializers.reduce((sum, { data }) => sum + data.byteLength, 0);

/** The first 2p words under each key, as the functions of a model draw them. */
const wordsInOnnx = async (keys: Uint32Array, pairs: number): Promise<readonly bigint[]> => {
  const count = keys.length / 2;
  const type = { name: 'words', dtype: 'int64', shape: [count, 2 * pairs] } as const;
  const model = withFunctions(
    {
      operatorSets: [{ domain: '', version: 18 }],
      inputs: [{ name: 'p', dtype: 'int64', shape: [] }],
      outputs: [{ ...type, result: 'words' }],
      initializers: [{ name: 'keys', dtype: 'uint32', shape: [count, 2], data: keys }],
      nodes: [{ operator: 'words', domain: 'local', inputs: ['keys', 'p'], outputs: [type], attributes: {} }],
    },
    0,
  );
  const session = await ort.InferenceSession.create(encodeModel(model), { logSeverityLevel: 3 });
  const p = new ort.Tensor('int64', BigInt64Array.of(BigInt(pairs)), []);
  const { words: drawn } = await session.run({ p });
  await session.release();
  return Array.from(drawn?.data as BigInt64Array);
};

describe('Threefry in ONNX', () => {
  it('gives the words of core', async () => {
    const word = fc.oneof(
      fc.constantFrom(0, 1, 2 ** 31, 2 ** 32 - 1),
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    );
    const key = fc.record({ hi: word, lo: word });
    const property = fc.asyncProperty(fc.array(key, { minLength: 1, maxLength: 20 }), async (keys) => {
      const halves = Uint32Array.from(keys.flatMap(({ hi, lo }) => [hi, lo]));
      const expected = keys.flatMap((each) => Array.from(words(each, 40), BigInt));
      expect(await wordsInOnnx(halves, 20)).toEqual(expected);
    });
    await fc.assert(property, { numRuns: 10 });
  });

  it('gives the published words of key and counter 0', async () => {
    expect(await wordsInOnnx(Uint32Array.of(0, 0), 1)).toEqual([0x6b200159n, 0x99ba4efen]);
  });
});

describe('seeds', () => {
  it.each([
    ['whole blocks', 20_000, 256],
    ['most of each block', 20_000, 250],
    ['little more than half of each block', 20_000, 130],
    ['many blocks', 60_000, 100],
    ['one large block', 16_384, 16_000],
  ])('draw %s', async (_, rows, columns) => {
    const tables = tablesOf(rows, columns, 2 ** 40 + 3);
    const model = modelOf(tables, tables.randomRows);
    expect(drawn(model)).toBe(true);
    // A key for each row of signs, and of places.
    const keys = tables.randomRows.reduce((sum, each) => sum + each.rows, 0);
    expect(bytesOf(model)).toBeLessThan(8 * keys + 250);
    await expectTables(model, tables);
  });

  it('draw tables of any size', async () => {
    const sizes = fc
      .record({
        columns: fc.integer({ min: 2, max: 600 }),
        blocks: fc.integer({ min: 1, max: 40 }),
        seed: fc.maxSafeNat(),
      })
      .chain(({ columns, ...rest }) =>
        fc.record({
          rows: fc.integer({ min: columns + 1, max: columns * rest.blocks + 1 }),
          columns: fc.constant(columns),
          seed: fc.constant(rest.seed),
        }),
      );
    const seeded = new Set<boolean>();
    await fc.assert(
      fc.asyncProperty(sizes, async ({ rows, columns, seed }) => {
        const tables = tablesOf(rows, columns, seed);
        const model = modelOf(tables, tables.randomRows);
        seeded.add(drawn(model));
        await expectTables(model, tables);
      }),
      {
        numRuns: 30,
        examples: [[{ rows: 20_000, columns: 300, seed: 1 }], [{ rows: 60, columns: 30, seed: 2 }]],
      },
    );
    // Small ones are not worth the functions that draw them.
    expect(seeded).toEqual(new Set([true, false]));
  });

  it('are longer than short rows', async () => {
    const tables = tablesOf(20_000, 7, 4);
    const model = modelOf(tables, tables.randomRows);
    expect(drawn(model)).toBe(false);
    await expectTables(model, tables);
  });

  it('are left where they would take too much memory: subsets of a large map stay bits', async () => {
    const tables = tablesOf(800_000, 1025, 6);
    const model = modelOf(tables, tables.randomRows);
    const names = model.functions?.map(({ name }) => name) ?? [];
    expect([names.includes('bits'), names.includes('subset')]).toEqual([true, false]);
    // Two bits a place, and keys of signs.
    expect(bytesOf(model)).toBeLessThan(205_000);
    const { spread, left } = tables;
    const count = spread.length + left.length;
    const [values = new Float32Array()] = await runPortable(model, [
      float32(new Float32Array(count), [1, count]),
    ]);
    expect(values.length).toBe(count);
    expect(values.findIndex((value, i) => value !== (spread[i] ?? left[i - spread.length]))).toBe(-1);
  });

  it('take at most as much memory as one large map, however many there are', () => {
    const maps = [1, 2, 3].map((seed) => tablesOf(400_000, 1025, seed));
    const tensors = maps.map(({ spread }, i): OnnxTensor => ({
      name: `spread${i}`,
      dtype: 'int32',
      shape: [spread.length],
      data: spread,
    }));
    const rows = maps.flatMap(({ randomRows }) => randomRows);
    expect([...seededTables(tensors.slice(0, 1), rows).keys()]).toEqual(['spread0']);
    expect(seededTables(tensors, rows).size).toBe(1);
  });

  it('of several maps are drawn together', async () => {
    const [one, other] = [tablesOf(9000, 300, 1), tablesOf(30_000, 1000, 2)];
    const tables = {
      spread: one.spread,
      left: other.left,
      randomRows: [...other.randomRows, ...one.randomRows],
    };
    const model = modelOf(tables, tables.randomRows);
    const calls = model.nodes.filter(({ domain }) => domain === 'local').map(({ operator }) => operator);
    expect(calls.filter((name) => name === 'words')).toEqual(['words']);
    await expectTables(model, tables);
  });
});

describe('a hint that is wrong', () => {
  const tables = tablesOf(20_000, 250, 5);
  const packed = encodeModel(modelOf(tables, []));

  const wrong: readonly (readonly [string, (rows: RandomRows) => Partial<RandomRows>])[] = [
    ['other keys', ({ key }) => ({ key: childKey(key, 'other') })],
    ['other names', ({ name }) => ({ name: `${name}!` })],
    ['too few rows', ({ rows }) => ({ rows: rows - 1 })],
    ['too many rows', ({ rows }) => ({ rows: rows + 1 })],
    ['longer rows', ({ length }) => ({ length: length + 1 })],
    ['bits for subsets and subsets for bits', ({ chosen }) => (chosen === undefined ? { chosen: 250 } : {})],
  ];
  it.each(wrong)('changes nothing: %s', async (_, change) => {
    const model = modelOf(
      tables,
      tables.randomRows.map((rows) => ({ ...rows, ...change(rows) })),
    );
    expect(encodeModel(model)).toEqual(packed);
    await expectTables(model, tables);
  });

  it('changes nothing where one number is another', async () => {
    const left = Float32Array.from(tables.left, (value, at) => (at === 19_999 ? -value : value));
    const spread = Int32Array.from(tables.spread, (place, at) => (at === 17 ? (place + 250) % 500 : place));
    const changed = { ...tables, left, spread };
    const model = modelOf(changed, tables.randomRows);
    expect(drawn(model)).toBe(false);
    await expectTables(model, changed);
  });

  it('for one table leaves the other drawn', async () => {
    const left = Float32Array.from(tables.left, (value, at) => (at === 0 ? 1 : value));
    const changed = { ...tables, left };
    const model = modelOf(changed, tables.randomRows);
    expect(drawn(model)).toBe(true);
    await expectTables(model, changed);
  });
});
