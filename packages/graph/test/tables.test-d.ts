// Tables with one row for each kind of node or operation: without a row they must not compile. tsc checks this file,
// where an unused @ts-expect-error is an error itself.
import type { BinaryOp, Kind, Node, Rules, UnaryOp } from '@mapping-networks/graph';
import { expectTypeOf } from 'vitest';
import type { EVALUATE } from '../src/interpret/evaluate.ts';
import type { BINARY, UNARY } from '../src/interpret/scalar-functions.ts';
import type { PrimitiveKind, SpatialKind } from '../src/ir/kinds.ts';
import type { TypeRules } from '../src/ir/type-of/type-rules.ts';
import type { Expansions } from '../src/layout/lay-out.ts';
import type { BinaryRows } from '../src/lower/binary.ts';
import type { Lowering } from '../src/lower/lower.ts';
import type { UnaryRows } from '../src/lower/unary.ts';
import type { GROW } from './random-nodes.ts';

/** A table whose writer did not know of a row. */
declare const without: <Table, Row extends keyof Table = never>() => Omit<Table, Row>;

// Right uses, so that the wrong ones below are wrong for the reason given.
without<Rules<string>>() satisfies Rules<string>;
without<Rules<Node, [operands: readonly Node[]]>>() satisfies Rules<Node, [operands: readonly Node[]]>;
without<TypeRules>() satisfies TypeRules;
without<typeof EVALUATE>() satisfies typeof EVALUATE;
without<typeof UNARY>() satisfies typeof UNARY;
without<typeof BINARY>() satisfies typeof BINARY;
without<Expansions>() satisfies Expansions;
without<Lowering>() satisfies Lowering;
without<UnaryRows>() satisfies UnaryRows;
without<BinaryRows>() satisfies BinaryRows;
without<typeof GROW>() satisfies typeof GROW;

// @ts-expect-error what a pass does with a gather
without<Rules<string>, 'gather'>() satisfies Rules<string>;
// @ts-expect-error what a pass with operands does with a gather
without<Rules<Node, [operands: readonly Node[]]>, 'gather'>() satisfies Rules<Node, [readonly Node[]]>;
// @ts-expect-error its type
without<TypeRules, 'gather'>() satisfies TypeRules;
// @ts-expect-error its numbers
without<typeof EVALUATE, 'gather'>() satisfies typeof EVALUATE;
// @ts-expect-error the formula of an operation on one number
without<typeof UNARY, 'erf'>() satisfies typeof UNARY;
// @ts-expect-error the formula of an operation on two
without<typeof BINARY, 'atan2'>() satisfies typeof BINARY;
// @ts-expect-error what a pool becomes
without<Expansions, 'pool2d'>() satisfies Expansions;
// @ts-expect-error the operators of ONNX for a gather
without<Lowering, 'gather'>() satisfies Lowering;
// @ts-expect-error those for an operation on one number
without<UnaryRows, 'erf'>() satisfies UnaryRows;
// @ts-expect-error those for an operation on two
without<BinaryRows, 'atan2'>() satisfies BinaryRows;
// @ts-expect-error how random graphs grow one
without<typeof GROW, 'gather'>() satisfies typeof GROW;

// The same for every name: none has a row that may be left out.
type Forgettable<Table, Name extends string> = {
  [N in Name]: Omit<Table, N> extends Table ? N : never;
}[Name];

expectTypeOf<Forgettable<Partial<Rules<string>>, Kind>>().toEqualTypeOf<Kind>();
expectTypeOf<Forgettable<Rules<string>, Kind>>().toBeNever();
expectTypeOf<Forgettable<TypeRules, Kind>>().toBeNever();
expectTypeOf<Forgettable<typeof EVALUATE, Kind>>().toBeNever();
expectTypeOf<Forgettable<typeof UNARY, UnaryOp>>().toBeNever();
expectTypeOf<Forgettable<typeof BINARY, BinaryOp>>().toBeNever();
expectTypeOf<Forgettable<Expansions, SpatialKind>>().toBeNever();
expectTypeOf<Forgettable<Lowering, PrimitiveKind>>().toBeNever();
expectTypeOf<Forgettable<UnaryRows, UnaryOp>>().toBeNever();
expectTypeOf<Forgettable<BinaryRows, BinaryOp>>().toBeNever();
expectTypeOf<Forgettable<typeof GROW, Kind>>().toBeNever();
