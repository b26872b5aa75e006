// Shapes that operators are given, for batches of any size: with one side open. Reshape finds it by itself; for Expand it
// is looked up in the input of the model.
import { int } from '../lower/emitter.ts';
import type { OnnxNode, OnnxTensor } from '../onnx/model.ts';

export interface OpenShapes {
  /** The name of a shape as it is for any batch, instead of these two; undefined where there is none. */
  general(node: OnnxNode, a: OnnxTensor, b: OnnxTensor): string | undefined;
  /** What makes the shapes, and what it makes them of. */
  readonly nodes: ReadonlyMap<string, OnnxNode>;
  readonly initializers: ReadonlyMap<string, OnnxTensor>;
}

const BATCH = 'batch_size';

/** `input` has the batch as its first side; `sizes` are those that shapes were recorded for. */
export const createShapes = (input: string, sizes: readonly [number, number]): OpenShapes => {
  const nodes = new Map<string, OnnxNode>();
  const initializers = new Map<string, OnnxTensor>();

  const integers = (values: readonly bigint[]): string => {
    const name = `shape_${values.join('_')}`;
    const data = BigInt64Array.from(values);
    initializers.set(name, { name, dtype: 'int64', shape: [values.length], data });
    return name;
  };
  const emit = (name: string, node: Omit<OnnxNode, 'domain' | 'outputs'>, sides: number): string => {
    nodes.set(name, { ...node, domain: '', outputs: [{ name, dtype: 'int64', shape: [sides] }] });
    return name;
  };
  const batchSize = (): string =>
    emit(BATCH, { operator: 'Shape', inputs: [input], attributes: { start: int(0), end: int(1) } }, 1);
  /** These sides, with the batch in the place of one. */
  const withBatch = (sides: readonly bigint[], axis: number): string => {
    const fixed = (part: readonly bigint[]): readonly string[] => (part.length === 0 ? [] : [integers(part)]);
    const inputs = [...fixed(sides.slice(0, axis)), batchSize(), ...fixed(sides.slice(axis + 1))];
    const name = `shape_${sides.with(axis, -1n).join('_')}.of_batch`;
    return emit(name, { operator: 'Concat', inputs, attributes: { axis: int(0) } }, sides.length);
  };

  return {
    nodes,
    initializers,
    general: ({ operator }, { data: a }, { data: b }) => {
      if (!(a instanceof BigInt64Array) || a.length !== b.length) return undefined;
      const sides = Array.from(a);
      const open = sides.flatMap((side, axis) => (side === b[axis] ? [] : [axis]));
      const [axis] = open;
      if (axis === undefined || open.length !== 1) return undefined;
      if (operator === 'Reshape') return integers(sides.with(axis, -1n));
      const isBatch = [a[axis], b[axis]].every((side, at) => side === BigInt(sizes[at] as number));
      return operator === 'Expand' && isBatch ? withBatch(sides, axis) : undefined;
    },
  };
};
