// The maximum of several values, element by element, as a tree of binary maxima over neighbours in their order; and the
// way back, for gradients: all goes to the first greatest. Exact for ties, and without indices.
import type { Builder } from '../ir/builder.ts';
import type { Node } from '../ir/node.ts';

/** One value, or the maximum of two subtrees. */
export interface MaxTree {
  readonly value: Node;
  readonly children?: readonly [first: MaxTree, second: MaxTree];
}

/** Over at least one value, all of one shape. */
export const maxTree = (b: Builder, values: readonly Node[]): MaxTree => {
  if (values.length === 1) return { value: values[0] as Node };
  const half = Math.ceil(values.length / 2);
  const children: [MaxTree, MaxTree] = [maxTree(b, values.slice(0, half)), maxTree(b, values.slice(half))];
  return { value: b.binary('max', children[0].value, children[1].value), children };
};

/** The gradient of each of the values, in their order: all of `dy` where it is the first greatest, else 0. */
export const routeGradient = (b: Builder, { children }: MaxTree, dy: Node): readonly Node[] => {
  if (children === undefined) return [dy];
  const [first, second] = children;
  const secondIsGreater = b.cast(b.binary('greater', second.value, first.value), 'float32');
  const toSecond = b.binary('mul', dy, secondIsGreater);
  const toFirst = b.binary('sub', dy, toSecond);
  return [...routeGradient(b, first, toFirst), ...routeGradient(b, second, toSecond)];
};
