// The greatest of several values, element by element, found by bouts between neighbours in their order; and the way
// back, for gradients: all goes to the first greatest. Exact for ties, and without indices.
import type { Builder } from '../ir/builder.ts';
import type { Node } from '../ir/node.ts';

/** One value, or the winner between two bouts. */
export interface Bout {
  readonly value: Node;
  readonly rounds?: readonly [first: Bout, second: Bout];
}

/** Among at least one value, all of one shape. */
export const tournament = (b: Builder, values: readonly Node[]): Bout => {
  if (values.length === 1) return { value: values[0] as Node };
  const half = Math.ceil(values.length / 2);
  const rounds: [Bout, Bout] = [tournament(b, values.slice(0, half)), tournament(b, values.slice(half))];
  return { value: b.binary('max', rounds[0].value, rounds[1].value), rounds };
};

/** What each of the values gets of `dy`, in their order: everything, where it is the first greatest, else 0. */
export const shares = (b: Builder, { rounds }: Bout, dy: Node): readonly Node[] => {
  if (rounds === undefined) return [dy];
  const [first, second] = rounds;
  const later = b.cast(b.binary('greater', second.value, first.value), 'float32');
  const toSecond = b.binary('mul', dy, later);
  return [...shares(b, first, b.binary('sub', dy, toSecond)), ...shares(b, second, toSecond)];
};
