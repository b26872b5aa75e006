// Rules of simplification as tables: what goes in, what comes out.
import { expect, it } from 'vitest';
import type { Builder } from '../src/ir/builder.ts';
import type { Node } from '../src/ir/node.ts';
import { simplified } from './expression.ts';

type Input = (name: string, ...shape: number[]) => Node;
type Case = readonly [title: string, make: (b: Builder, input: Input) => Node, expected: string];

/** One test a case; `expected` is what `expression` writes. */
export const check = (cases: readonly Case[]): void => {
  it.each(cases)('%s', (_, make, expected) => expect(simplified(make)).toBe(expected));
};

/** A value that does not come straight from an input: moves do not rest at it. */
export const far = (b: Builder, x: Node): Node => b.matMul(x, x, false, true);
