// One model for batches of any size, from two models for batches of two sizes: where they are the same, it does not
// matter; where a side is n in one and m in the other, it is the batch. What differs otherwise cannot be exported.
import { batchDependent, type BatchDifference } from '../errors.ts';
import type {
  OnnxModel,
  OnnxNode,
  OnnxOutput,
  OnnxSide,
  OnnxTensor,
  OnnxValue,
  PortableModel,
} from '../onnx/model.ts';
import { createShapes } from './open-shapes.ts';

/** The models of one step for batches of these sizes. */
interface AtSize {
  readonly model: OnnxModel;
  readonly batch: number;
}

/**
 * @throws GRAPH_BATCH_DEPENDENT where the models differ in more than the sides of values
 */
export const withSymbolicBatch = (first: AtSize, second: AtSize): PortableModel => {
  const side = sideOf(first.batch, second.batch);
  const value = (a: OnnxValue, b: OnnxValue | undefined): OnnxValue<OnnxSide> => {
    const fits = b !== undefined && a.dtype === b.dtype && a.shape.length === b.shape.length;
    if (!fits) throw batchDependent(second.batch, { value: a.name });
    return { ...a, shape: a.shape.map((length, axis) => side(length, b.shape[axis] as number, a.name)) };
  };
  const pairs = pairedNodes(first.model, second);
  const general = withConstants(first, second, pairs);
  const theirs = new Map(pairs.map(([a, b]) => [a.outputs[0]?.name, b.outputs[0]]));
  return {
    ...first.model,
    inputs: first.model.inputs.map((input, at) => value(input, second.model.inputs[at])),
    outputs: first.model.outputs.map((output, at): OnnxOutput<OnnxSide> => ({
      ...output,
      ...value(output, second.model.outputs[at]),
    })),
    initializers: general.initializers,
    nodes: general.nodes.map((node) => ({
      ...node,
      outputs: node.outputs.map((output) => value(output, theirs.get(output.name) ?? output)),
    })),
  };
};

/** A side as it is for every batch: what both have, `batch`, or a multiple of it. */
const sideOf =
  (n: number, m: number) =>
  (a: number, b: number, name: string): OnnxSide => {
    if (a === b) return a;
    const times = a / n;
    if (!Number.isInteger(times) || times * m !== b) throw batchDependent(m, { value: name });
    return times === 1 ? 'batch' : `${times}*batch`;
  };

type Pair = readonly [OnnxNode, OnnxNode];

const pairedNodes = ({ nodes }: OnnxModel, { model, batch }: AtSize): readonly Pair[] => {
  const different = nodes.length !== model.nodes.length;
  return nodes.map((a, at): Pair => {
    const b = model.nodes[at];
    const same =
      b !== undefined &&
      a.operator === b.operator &&
      a.inputs.length === b.inputs.length &&
      JSON.stringify(a.attributes) === JSON.stringify(b.attributes);
    if (!same || different) throw batchDependent(batch, differenceOf(a));
    return [a, b];
  });
};

const differenceOf = ({ operator, outputs }: OnnxNode): BatchDifference => ({
  operator,
  value: outputs[0]?.name ?? operator,
});

/** Nodes that read constants which are the same for all batches. */
const withConstants = (first: AtSize, second: AtSize, pairs: readonly Pair[]): Generalized => {
  const [ours, theirs] = [first, second].map(
    ({ model }) => new Map(model.initializers.map((tensor) => [tensor.name, tensor])),
  ) as [Map<string, OnnxTensor>, Map<string, OnnxTensor>];
  const shapes = createShapes(first.model.inputs[0]?.name ?? '', [first.batch, second.batch]);
  const nodes = pairs.map(([a, b]) => ({
    ...a,
    inputs: a.inputs.map((name, place) => {
      const [x, y] = [ours.get(name), theirs.get(b.inputs[place] ?? '')];
      if (x === undefined && y === undefined) return name;
      if (x !== undefined && y !== undefined && sameNumbers(x, y)) return name;
      const general = x && y && place === 1 ? shapes.general(a, x, y) : undefined;
      if (general === undefined) throw batchDependent(second.batch, differenceOf(a));
      return general;
    }),
  }));
  const all = [...shapes.nodes.values(), ...nodes];
  const read = new Set(all.flatMap(({ inputs }) => inputs));
  return {
    nodes: all,
    initializers: [...first.model.initializers, ...shapes.initializers.values()].filter(({ name }) =>
      read.has(name),
    ),
  };
};

type Generalized = Pick<OnnxModel, 'initializers' | 'nodes'>;

const sameNumbers = ({ data: a, shape }: OnnxTensor, { data: b, shape: other }: OnnxTensor): boolean => {
  if (a === b) return true;
  if (a.length !== b.length || shape.join() !== other.join()) return false;
  for (let at = 0; at < a.length; at++) if (!Object.is(a[at], b[at])) return false;
  return true;
};
