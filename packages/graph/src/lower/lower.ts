// From a graph to a model: each node becomes one or a few operators of ONNX. The operators are standard ones, so that
// every runtime and every provider of onnxruntime can take the model; only where blocks of channels are asked for,
// convolutions are onnxruntime's own.
import type { NamedArrays } from '@mapping-networks/core';
import { spatialNode } from '../errors.ts';
import { topological, type Graph } from '../ir/graph.ts';
import type { PrimitiveKind, PrimitiveNode } from '../ir/kinds.ts';
import type { Node, NodeOf } from '../ir/node.ts';
import type { OnnxModel } from '../onnx/model.ts';
import { lowerBinary, lowerSelect } from './binary.ts';
import { constantNames } from './constant-names.ts';
import { correlation } from './correlation.ts';
import { createEmission, type Value } from './emitter.ts';
import { finish } from './finish.ts';
import { findFusions, lowerBiased } from './fuse.ts';
import { lowerConcat, lowerPad, lowerSlice, lowerTranspose } from './move.ts';
import { lowerPool } from './pool.ts';
import { lowerMatMul } from './product.ts';
import { lowerArgExtreme, lowerCumulativeSum, lowerReduce } from './reduce.ts';
import { lowerGather, lowerOneHot, lowerSegmentSum } from './rows.ts';
import { casted, expanded, filled, isEmpty, reshaped, type Scope } from './scope.ts';
import { lowerUnary } from './unary.ts';

/** One row a kind: the value that a node becomes. Leaving one out does not compile. */
export type Lowering = { readonly [K in PrimitiveKind]: (node: NodeOf<K>, scope: Scope) => Value };

const LOWER: Lowering = {
  argExtreme: lowerArgExtreme,
  binary: lowerBinary,
  broadcast: ({ operands: [x], type }, scope) => expanded(scope, scope.value(x), type.shape),
  cast: ({ operands: [x], type }, scope) => casted(scope, scope.value(x), type.dtype),
  concat: lowerConcat,
  constant: (node, scope) => scope.tensor(scope.nameOf(node), node.data, node.type),
  crossCorrelation: (node, scope) => correlation(node, scope),
  cumulativeSum: lowerCumulativeSum,
  fill: ({ value, type }, scope) => filled(scope, value, type.dtype, type.shape),
  gather: lowerGather,
  input: (node, scope) => scope.value(node),
  matMul: lowerMatMul,
  oneHot: lowerOneHot,
  pad: lowerPad,
  pool: lowerPool,
  reduce: lowerReduce,
  reshape: ({ operands: [x], type }, scope) => reshaped(scope, scope.value(x), type.shape),
  segmentSum: lowerSegmentSum,
  select: lowerSelect,
  slice: lowerSlice,
  transpose: lowerTranspose,
  unary: lowerUnary,
};

const isPrimitive = (node: Node): node is PrimitiveNode => Object.hasOwn(LOWER, node.kind);

const lowerNode = (node: Node, scope: Scope): Value => {
  if (!isPrimitive(node)) throw spatialNode(node.kind);
  if (isEmpty(node.type.shape) && node.kind !== 'input')
    return filled(scope, 0, node.type.dtype, node.type.shape);
  return (LOWER[node.kind] as (node: PrimitiveNode, scope: Scope) => Value)(node, scope);
};

/** `add_3`: what is done, and how many did it before. By convention a layer has the name of its weights. */
const createLabels = (conventional: boolean): ((node: Node) => string) => {
  const counts = new Map<string, number>();
  return (node) => {
    const layer = conventional ? layerOf(node) : undefined;
    if (layer !== undefined) return layer;
    const does = 'op' in node ? node.op : node.kind;
    const text = node.kind === 'pool' ? `${node.op}Pool` : conventional ? (USUAL[does] ?? does) : does;
    const count = counts.get(text) ?? 0;
    counts.set(text, count + 1);
    return `${text}_${count}`;
  };
};

/** What other tools call kinds of nodes. */
const USUAL: Readonly<Record<string, string>> = { crossCorrelation: 'conv', matMul: 'dense' };

/** `conv1` for a product with the input `conv1.kernel`. */
const layerOf = ({ kind, operands: [, weights] }: Node): string | undefined => {
  if ((kind !== 'crossCorrelation' && kind !== 'matMul') || weights?.kind !== 'input') return undefined;
  const end = weights.name.lastIndexOf('.');
  return end > 0 ? weights.name.slice(0, end) : undefined;
};

/** For which kernels of the runtime a graph is lowered. */
export interface LowerOptions {
  /**
   * How many channels the processor's kernels take at once, as onnxruntime's CPU provider lays them out: 8 or 16. By
   * default 1: no such kernels, standard operators only.
   */
  readonly channelBlock?: number;
  /**
   * For people and other tools instead of for speed in onnxruntime: the operator that bears the name of what is done,
   * without tables and detours. Default false.
   */
  readonly conventional?: boolean;
  /** Arrays that the step was given: constants around them get their names. */
  readonly frozen?: NamedArrays;
}

/**
 * The graph as a model. All inputs of the graph are inputs of the model, under their names. An output of the graph that
 * has the name of an input is called `NAME.out` in the model.
 *
 * @throws GRAPH_SPATIAL_NODE when a layout has not been chosen
 * @example
 * ```ts
 * import { createBuilder, lower } from '@mapping-networks/graph';
 * const b = createBuilder();
 * const x = b.input('x', { shape: [3], dtype: 'float32' });
 * const { nodes } = lower({ inputs: [x], outputs: { y: b.unary('rsqrt', x) } });
 * console.log(nodes.map(({ operator }) => operator)); // [ 'Sqrt', 'Reciprocal' ]
 * ```
 */
export const lower = (
  graph: Graph,
  { channelBlock = 1, conventional = false, frozen = {} }: LowerOptions = {},
): OnnxModel => {
  const emission = createEmission();
  const values = new Map<Node, Value>();
  const nodes = topological(Object.values(graph.outputs));
  const nameOf = constantNames(nodes, frozen);
  const scopeOf = (label: string): Scope => ({
    ...emission.emitter(label),
    channelBlock,
    conventional,
    value: (node) => values.get(node) as Value,
    nameOf,
  });
  const inputs = graph.inputs.map((node) => {
    const value = emission.input(node.name, node.type);
    values.set(node, value);
    return value;
  });

  const { biased, absorbed } = findFusions(nodes, Object.values(graph.outputs));
  const labelOf = createLabels(conventional);
  for (const node of nodes) {
    if (absorbed.has(node)) continue;
    const fusion = biased.get(node);
    const label = labelOf(conventional && fusion !== undefined ? fusion.product : node);
    const scope = scopeOf(label);
    const before = emission.nodes.length;
    const value = fusion === undefined ? lowerNode(node, scope) : lowerBiased(node, fusion, scope);
    if (emission.nodes.length > before && emission.nodes.at(-1)?.output === value) value.label = label;
    values.set(node, value);
  }

  // An output is a value of its own: neither an input, nor a constant, nor another output; bools leave as int32.
  const taken = new Set<Value>([...inputs, ...emission.initializers.keys()]);
  const names = new Set(graph.inputs.map(({ name }) => name));
  const results = Object.entries(graph.outputs).map(([result, node]): [string, Value] => {
    const scope = scopeOf(result);
    const value = casted(scope, scope.value(node), node.type.dtype === 'bool' ? 'int32' : node.type.dtype);
    const own = taken.has(value) ? scope.copy(value) : value;
    taken.add(own);
    own.label = names.has(result) ? `${result}.out` : result;
    return [result, own];
  });
  return finish(emission, inputs, results);
};
