// Which activations of a model are quantized, and whose ranges decide how: what convolutions and matrix products read
// and give. Operators that only move numbers, or choose among them, keep the grid of what they are given.
import { constantValues } from '../onnx/constant-values.ts';
import type { OnnxNode, OnnxSide, PortableModel } from '../onnx/model.ts';

const PRODUCTS = new Set(['Conv', 'Gemm', 'MatMul']);

/** Operators whose results are some of the numbers that they read. */
const KEEPING = new Set(['MaxPool', 'Reshape', 'Transpose']);

export const isProduct = ({ operator }: OnnxNode<OnnxSide>): boolean => PRODUCTS.has(operator);

/** For each activation to quantize, the one whose range decides: itself, or that from which it was moved. */
export const quantizedValues = (model: PortableModel): ReadonlyMap<string, string> => {
  const constants = constantValues(model.nodes, model.initializers);
  const producers = new Map(model.nodes.flatMap((node) => node.outputs.map(({ name }) => [name, node])));
  const readers = readersOf(model);
  const results = new Set(model.outputs.map(({ name }) => name));
  const wanted = new Set<string>();
  const want = (name: string): void => {
    if (constants.has(name) || wanted.has(name)) return;
    wanted.add(name);
    const producer = producers.get(name);
    if (producer !== undefined && KEEPING.has(producer.operator)) want(producer.inputs[0] as string);
  };
  for (const node of model.nodes) {
    if (!isProduct(node)) continue;
    node.inputs.slice(0, 2).forEach(want);
    const [output] = node.outputs;
    if (output === undefined || results.has(output.name)) continue;
    // Runtimes join a relu with the product before it, and with the rounding behind it.
    const [reader, ...others] = readers.get(output.name) ?? [];
    const relu = reader?.operator === 'Relu' && others.length === 0 ? reader.outputs[0]?.name : undefined;
    want(relu ?? output.name);
  }
  const rootOf = (name: string): string => {
    const producer = producers.get(name);
    return producer !== undefined && KEEPING.has(producer.operator)
      ? rootOf(producer.inputs[0] as string)
      : name;
  };
  const order = [...model.inputs.map(({ name }) => name), ...producers.keys()];
  return new Map(order.filter((name) => wanted.has(name)).map((name) => [name, rootOf(name)]));
};

const readersOf = ({ nodes }: PortableModel): ReadonlyMap<string, readonly OnnxNode<OnnxSide>[]> => {
  const readers = new Map<string, OnnxNode<OnnxSide>[]>();
  for (const node of nodes) {
    for (const name of node.inputs) readers.set(name, [...(readers.get(name) ?? []), node]);
  }
  return readers;
};
