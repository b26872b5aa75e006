// How a TensorFlow.js kernel is recorded: a function from the nodes of its inputs and its attributes to the nodes of
// its results. Tables of such functions, one file a family, are in `kernels/`.
import type { Builder } from '../ir/builder.ts';
import type { Node } from '../ir/node.ts';

/** Records one call. Inputs by the names that TensorFlow.js gives them; lists by index. */
export type Kernel = (
  builder: Builder,
  inputs: Readonly<Record<string, Node>>,
  attributes: unknown,
) => Node | readonly Node[];

/** Kernels by their names in TensorFlow.js. */
export type Kernels = Readonly<Record<string, Kernel>>;

/** A kernel whose inputs and attributes have these types. TensorFlow.js' own operations are who calls it. */
export const kernel =
  <Inputs extends object, Attributes = object>(
    record: (b: Builder, inputs: Inputs, attributes: Attributes) => Node | readonly Node[],
  ): Kernel =>
  (b, inputs, attributes) =>
    record(b, inputs as Inputs, attributes as Attributes);

/** A kernel of one tensor, `x`. */
export const ofOne = <Attributes = object>(
  record: (b: Builder, x: Node, attributes: Attributes) => Node,
): Kernel => kernel<{ x: Node }, Attributes>((b, { x }, attributes) => record(b, x, attributes));

/** A kernel of two tensors, `a` and `b`. */
export const ofTwo = (record: (b: Builder, left: Node, right: Node) => Node): Kernel =>
  kernel<{ a: Node; b: Node }>((builder, { a, b }) => record(builder, a, b));

/** A kernel of a list of tensors. */
export const ofList = <Attributes = object>(
  record: (b: Builder, xs: readonly Node[], attributes: Attributes) => Node,
): Kernel =>
  kernel<Record<string, Node>, Attributes>((b, inputs, attributes) =>
    record(b, Object.values(inputs), attributes),
  );
