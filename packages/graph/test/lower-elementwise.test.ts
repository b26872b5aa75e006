// Every function of one and of two numbers in onnxruntime against the interpreter, in every element type.
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { BINARY, UNARY } from '../src/interpret/scalar-functions.ts';
import type { BinaryOp, UnaryOp } from '../src/ir/op-names.ts';
import { broadcastable, check, draft, property, seeds, shapes, type Domain } from './lower-cases.ts';

const DEFAULT: Domain = { least: -4, most: 4, also: [0, 1, -1] };
const SPECIAL: Domain = { least: -4, most: 4, also: [NaN, Infinity, -Infinity] };
const POSITIVE: Domain = { least: 0.125, most: 4 };
const HALVES: Domain = { least: -3, most: 3, unit: 0.5 };

/** Where functions of one number are not defined everywhere, or where it is worth looking. */
const UNARY_DOMAIN: Partial<Record<UnaryOp, Domain>> = {
  expm1: { least: -3, most: 3, also: [1e-5, -1e-6, 0, 100, -100] },
  isFinite: SPECIAL,
  isInf: SPECIAL,
  isNaN: SPECIAL,
  log: POSITIVE,
  log1p: { least: -0.75, most: 4, also: [1e-5, -1e-6, 0, Infinity, 1e30] },
  reciprocal: POSITIVE,
  round: HALVES,
  rsqrt: POSITIVE,
  sqrt: { least: 0, most: 4 },
  tan: { least: -1.25, most: 1.25 },
};

const ops = <T extends string>(table: Record<T, unknown>): T[] => Object.keys(table) as T[];

describe('functions of one number', () => {
  it.each(ops(UNARY))('%s', async (op) => {
    await property(fc.tuple(shapes(0, 6), seeds), ([shape, seed]) => {
      const d = draft(seed);
      const x = op === 'logicalNot' ? d.bool(shape) : d.float(shape, UNARY_DOMAIN[op] ?? DEFAULT);
      return check(d, d.b.unary(op, x));
    });
  });

  it.each(ops(UNARY).filter((op) => op !== 'logicalNot'))('%s of whole numbers', async (op) => {
    await property(
      fc.tuple(shapes(0, 3), seeds),
      ([shape, seed]) => {
        const d = draft(seed);
        return check(
          d,
          d.b.unary(op, d.int(shape, UNARY_DOMAIN[op] ? { least: 1, most: 4 } : { least: -3, most: 3 })),
        );
      },
      5,
    );
  });
});

const NOT_ZERO: Domain = { least: 0.5, most: 3, unit: 0.25, also: [-0.75, -2] };

/** For each operand. */
const BINARY_DOMAIN: Partial<Record<BinaryOp, readonly [Domain, Domain]>> = {
  atan2: [HALVES, HALVES],
  div: [DEFAULT, NOT_ZERO],
  floorDiv: [
    { ...DEFAULT, unit: 0.25 },
    { ...NOT_ZERO, most: 1, unit: 0.5 },
  ],
  mod: [{ ...DEFAULT, unit: 0.25 }, NOT_ZERO],
  pow: [POSITIVE, HALVES],
};

const INT_DOMAIN: Partial<Record<BinaryOp, readonly [Domain, Domain]>> = {
  div: [
    { least: -20, most: 20 },
    { least: 1, most: 5, also: [-2, -3] },
  ],
  floorDiv: [
    { least: -20, most: 20, also: [2 ** 31 - 1, -(2 ** 31)] },
    { least: 1, most: 5, also: [-2, -3] },
  ],
  mod: [
    { least: -20, most: 20, also: [2 ** 31 - 1] },
    { least: 1, most: 5, also: [-2, -3] },
  ],
  pow: [
    { least: -4, most: 4 },
    { least: 0, most: 4 },
  ],
};

describe('functions of two numbers', () => {
  it.each(ops(BINARY))('%s', async (op) => {
    await property(fc.tuple(broadcastable, seeds), ([[left, right], seed]) => {
      const d = draft(seed);
      const [p, q] = BINARY_DOMAIN[op] ?? [HALVES, HALVES];
      const logical = op.startsWith('logical');
      const a = logical ? d.bool(left) : d.float(left, p);
      return check(d, d.b.binary(op, a, logical ? d.bool(right) : d.float(right, q)));
    });
  });

  it.each(ops(BINARY).filter((op) => !op.startsWith('logical')))('%s of whole numbers', async (op) => {
    await property(
      fc.tuple(broadcastable, seeds),
      ([[left, right], seed]) => {
        const d = draft(seed);
        const [p, q] = INT_DOMAIN[op] ?? [
          { least: -5, most: 5 },
          { least: -5, most: 5 },
        ];
        return check(d, d.b.binary(op, d.int(left, p), d.int(right, q)));
      },
      6,
    );
  });

  it.each(['mul', 'min', 'max', 'equal', 'notEqual', 'less', 'greaterEqual'] as const)(
    '%s of bools',
    async (op) => {
      const d = draft(3);
      await check(d, d.b.binary(op, d.bool([2, 8]), d.bool([8])));
    },
  );
});

describe('select and cast', () => {
  it('chooses, in every type, with broadcasting', async () => {
    await property(
      fc.tuple(broadcastable, seeds, fc.constantFrom('float', 'int', 'bool')),
      ([[p, q], seed, type]) => {
        const d = draft(seed);
        const operand = (shape: readonly number[]) =>
          type === 'float'
            ? d.float(shape)
            : type === 'int'
              ? d.int(shape, { least: -9, most: 9 })
              : d.bool(shape);
        return check(d, d.b.select(d.bool(p), operand(q), operand(p)));
      },
    );
  });

  it('keeps what a mask hides from spreading', async () => {
    const d = draft(1);
    const x = d.float([64], SPECIAL);
    const finite = d.b.unary('isFinite', x);
    await check(d, d.b.select(finite, x, d.b.scalar(0)));
  });

  it('converts between all types', async () => {
    const types = ['float32', 'int32', 'bool'] as const;
    for (const from of types) {
      for (const to of types) {
        const d = draft(5);
        const x = d.b.cast(d.float([3, 7], { least: -3, most: 3, unit: 0.25, also: [0] }), from);
        await check(d, d.b.cast(x, to));
      }
    }
  });
});
