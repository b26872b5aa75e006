// Every other kind of node in onnxruntime against the interpreter, on random shapes.
import fc from 'fast-check';
import { describe, it } from 'vitest';
import type { PrimitiveKind } from '../src/ir/kinds.ts';
import { check, draft, property, REDUCE_OPS, seeds, shapes } from './lower-cases.ts';

const small = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

const shuffled = (length: number): fc.Arbitrary<number[]> => {
  const all = Array.from({ length }, (_, i) => i);
  return fc.shuffledSubarray(all, { minLength: length, maxLength: length });
};

const subset = (length: number, minLength: number): fc.Arbitrary<number[]> =>
  fc.subarray(
    Array.from({ length }, (_, i) => i),
    { minLength },
  );

/** One law a kind; those of elementwise kinds are in lower-elementwise.test.ts. */
const LAWS: Record<Exclude<PrimitiveKind, 'binary' | 'cast' | 'select' | 'unary'>, () => Promise<void>> = {
  argExtreme: () =>
    property(
      shapes(1, 4).chain((shape) =>
        fc.tuple(
          fc.constant(shape),
          small(0, shape.length - 1),
          seeds,
          fc.constantFrom('max', 'min'),
          fc.boolean(),
        ),
      ),
      ([shape, axis, seed, op, whole]) => {
        const d = draft(seed);
        const x = whole
          ? d.int(shape, { least: -2, most: 2 })
          : d.float(shape, { least: -2, most: 2, unit: 1 });
        return check(d, d.b.argExtreme(op, x, axis));
      },
    ),
  broadcast: () =>
    property(
      shapes(0, 6, 3).chain((shape) =>
        fc.tuple(fc.constant(shape), subset(shape.length, 0), small(0, 2), seeds),
      ),
      ([shape, ones, drop, seed]) => {
        const d = draft(seed);
        const from = shape.map((side, axis) => (ones.includes(axis) || axis < drop ? 1 : side)).slice(drop);
        return check(d, d.b.broadcast(d.float(from), shape));
      },
    ),
  concat: () =>
    property(
      shapes(1, 4).chain((shape) =>
        fc.tuple(
          fc.constant(shape),
          small(0, shape.length - 1),
          fc.array(small(0, 3), { minLength: 1, maxLength: 4 }),
          seeds,
        ),
      ),
      ([shape, axis, sides, seed]) => {
        const d = draft(seed);
        return check(
          d,
          d.b.concat(
            sides.map((side) => d.float(shape.with(axis, side))),
            axis,
          ),
        );
      },
    ),
  constant: async () => {
    const d = draft(1);
    await check(d, d.b.constant(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]));
    await check(d, d.b.constant(Int32Array.of(-1, 2), [2]));
    await check(d, d.b.constant(Uint8Array.of(0, 1, 1), [3]));
    // A view into a larger array.
    const view = new Float32Array(Float32Array.of(9, 8, 7, 6).buffer, 4, 2);
    await check(d, d.b.binary('mul', d.float([2]), d.b.constant(view, [2])));
  },
  crossCorrelation: () =>
    property(
      fc.record({
        sides: fc.array(small(3, 6), { minLength: 1, maxLength: 3 }),
        n: small(1, 2),
        c: small(1, 3),
        o: small(1, 3),
        k: small(1, 3),
        strides: small(1, 2),
        pads: fc.tuple(small(0, 2), small(0, 2)),
        seed: seeds,
      }),
      ({ sides, n, c, o, k, strides, pads: [before, after], seed }) => {
        const d = draft(seed);
        const each = (value: number): number[] => sides.map(() => value);
        const operands = [d.float([n, c, ...sides]), d.float([o, c, ...each(k)])] as const;
        return check(
          d,
          d.b.make({
            kind: 'crossCorrelation',
            operands,
            strides: each(strides),
            dilations: each(k < 3 ? 2 : 1),
            before: each(before),
            after: each(after),
          }),
        );
      },
    ),
  cumulativeSum: () =>
    property(
      shapes(1, 3).chain((shape) =>
        fc.tuple(fc.constant(shape), small(0, shape.length - 1), fc.boolean(), fc.boolean(), seeds),
      ),
      ([shape, axis, exclusive, reverse, seed]) => {
        const d = draft(seed);
        return check(d, d.b.cumulativeSum(d.float(shape), axis, exclusive, reverse));
      },
    ),
  fill: async () => {
    const d = draft(1);
    await check(d, d.b.fill(2.5, [2, 3]));
    await check(d, d.b.fill(7, [3], 'int32'));
    await check(d, d.b.fill(1, [2], 'bool'));
    await check(d, d.b.fill(-Infinity, []));
  },
  gather: () =>
    property(
      shapes(1, 4).chain((shape) =>
        fc.tuple(fc.constant(shape), small(0, shape.length - 1), shapes(0, 2), seeds, fc.boolean()),
      ),
      ([shape, axis, indices, seed, constant]) => {
        const d = draft(seed);
        const given = d.int(indices, { least: 0, most: (shape[axis] ?? 1) - 1 });
        const at = constant ? d.b.constant(d.arrays['x0']?.data as Int32Array, indices) : given;
        return check(d, d.b.gather(d.float(shape), at, axis));
      },
    ),
  input: async () => {
    const d = draft(2);
    await check(d, d.float([2, 3]));
  },
  matMul: () =>
    property(
      fc.tuple(
        shapes(0, 2, 3),
        small(0, 2),
        fc.boolean(),
        fc.tuple(small(1, 5), small(0, 5), small(1, 5)),
        fc.boolean(),
        fc.boolean(),
        seeds,
      ),
      ([batch, dropped, whole, [m, k, n], transposeA, transposeB, seed]) => {
        const d = draft(seed);
        const make = (shape: number[]) => (whole ? d.int(shape, { least: -5, most: 5 }) : d.float(shape));
        const a = make([...batch, ...(transposeA ? [k, m] : [m, k])]);
        const b = make([...batch.slice(dropped), ...(transposeB ? [n, k] : [k, n])]);
        return check(d, d.b.matMul(a, b, transposeA, transposeB));
      },
      40,
    ),
  oneHot: () =>
    property(fc.tuple(shapes(0, 3), small(1, 5), seeds, fc.boolean()), ([shape, depth, seed, plain]) => {
      const d = draft(seed);
      const indices = d.int(shape, { least: -2, most: depth + 1 });
      return check(d, plain ? d.b.oneHot(indices, depth) : d.b.oneHot(indices, depth, 0.75, -2));
    }),
  pad: () =>
    property(
      shapes(1, 5, 3).chain((shape) => {
        const sides = fc.array(small(0, 2), { minLength: shape.length, maxLength: shape.length });
        return fc.tuple(fc.constant(shape), sides, sides, seeds, fc.constantFrom(0, -Infinity, 2.5));
      }),
      ([shape, before, after, seed, value]) => {
        const d = draft(seed);
        return check(d, d.b.pad(d.float(shape), before, after, value));
      },
    ),
  pool: () =>
    property(
      fc.record({
        sides: fc.array(small(3, 6), { minLength: 1, maxLength: 3 }),
        n: small(1, 2),
        c: small(1, 3),
        k: small(1, 3),
        strides: small(1, 2),
        pads: fc.tuple(small(0, 2), small(0, 2)),
        op: fc.constantFrom('average', 'max'),
        seed: seeds,
      }),
      ({ sides, n, c, k, strides, pads, op, seed }) => {
        const d = draft(seed);
        const each = (value: number): number[] => sides.map(() => value);
        const [before, after] = pads.map((side) => each(Math.min(side, k - 1))) as [number[], number[]];
        const operands = [d.float([n, c, ...sides])] as const;
        const draftOf = { kind: 'pool', op, operands, size: each(k), strides: each(strides) } as const;
        return check(d, d.b.make({ ...draftOf, before, after }));
      },
    ),
  reduce: async () => {
    for (const op of REDUCE_OPS) {
      await property(
        shapes(0, 6, 3).chain((shape) =>
          fc.tuple(fc.constant(shape), subset(shape.length, 0), seeds, fc.constantFrom('float', 'int')),
        ),
        ([shape, axes, seed, type]) => {
          const d = draft(seed);
          const x =
            op === 'all' || op === 'any'
              ? d.bool(shape)
              : type === 'int'
                ? d.int(shape, { least: 0, most: 3 })
                : d.float(shape, { least: 0.5, most: 1.5 });
          return check(d, d.b.reduce(op, x, axes));
        },
        30,
      );
    }
  },
  reshape: () =>
    property(fc.tuple(shapes(0, 4), shuffled(4), seeds), ([shape, order, seed]) => {
      const d = draft(seed);
      const x = d.float(shape);
      const to = order.flatMap((axis) => (axis < shape.length ? [shape[axis] ?? 1] : [1]));
      return check(d, d.b.reshape(x, to));
    }),
  segmentSum: () =>
    property(
      fc.tuple(shapes(0, 2), small(1, 12), small(1, 5), seeds, fc.boolean(), fc.boolean()),
      ([rest, rows, segments, seed, constant, skewed]) => {
        const d = draft(seed);
        const given = d.int([rows], { least: -1, most: segments, also: skewed ? [0, 0, 0, 0] : [] });
        const indices = constant ? d.b.constant(d.arrays['x0']?.data as Int32Array, [rows]) : given;
        return check(d, d.b.segmentSum(d.float([rows, ...rest]), indices, segments));
      },
      60,
    ),
  slice: () =>
    property(
      shapes(1, 4, 6).chain((shape) =>
        fc.tuple(
          fc.constant(shape),
          fc.tuple(...shape.map((side) => fc.tuple(small(0, side - 1), small(0, side - 1), small(1, 3)))),
          seeds,
        ),
      ),
      ([shape, cuts, seed]) => {
        const d = draft(seed);
        const strides = cuts.map(([first, last, step]) => (last < first ? -step : step));
        const sizes = cuts.map(([first, last, step]) => Math.floor(Math.abs(last - first) / step) + 1);
        const begin = cuts.map(([first]) => first);
        return check(d, d.b.slice(d.float(shape), begin, sizes, strides));
      },
      30,
    ),
  transpose: () =>
    property(
      shapes(1, 6, 3).chain((shape) =>
        fc.tuple(fc.constant(shape), shuffled(shape.length), seeds, fc.boolean()),
      ),
      ([shape, permutation, seed, whole]) => {
        const d = draft(seed);
        const x = whole ? d.int(shape, { least: -99, most: 99 }) : d.float(shape);
        return check(d, d.b.transpose(x, permutation));
      },
      40,
    ),
};

describe('kinds of nodes', () => {
  it.each(Object.entries(LAWS))('%s', (_, law) => law());
});
