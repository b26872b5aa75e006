// Halves of bytes as numbers, by operators. Bytes are float32 there, and all that happens to them is exact. Of n bytes the
// lower halves are the first n numbers, the upper ones those behind them.
import { packNibbles } from '@mapping-networks/runtime/canonical';
import { integer } from './graph-def.ts';
import type { GraphWriter } from './graph-writer.ts';

/** Numbers of 0 … 15, two a byte. */
export const packHalves = (numbers: ArrayLike<number>): Uint8Array => {
  const bytes = Math.ceil(numbers.length / 2);
  const pairs = Int8Array.from({ length: 2 * bytes }, (_, i) => numbers[(i >> 1) + (i & 1) * bytes] ?? 0);
  return packNibbles(pairs);
};

/** A vector of `count` numbers that `packHalves` has packed: `bytes` is `[n]`. */
export const halvesOf = (
  { node, real, whole }: GraphWriter,
  name: string,
  bytes: string,
  count: number,
): string => {
  const upper = node('Floor', `${name}/upper`, [node('Mul', `${name}/moved`, [bytes, real(1 / 16)])]);
  const lower = node('Sub', `${name}/lower`, [bytes, node('Mul', `${name}/removed`, [upper, real(16)])]);
  const both = node('ConcatV2', `${name}/both`, [lower, upper, whole(0)], { N: integer(2) });
  // The last byte can have a half of no number.
  return count % 2 === 0 ? both : node('Slice', `${name}/cut`, [both, whole([0]), whole([count])]);
};
