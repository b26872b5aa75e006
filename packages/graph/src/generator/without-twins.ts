// Of small constants that are equal one is kept, and of nodes that compute the same of the same one.
import { constantValues } from '../onnx/constant-values.ts';
import type { OnnxNode, OnnxSide, OnnxTensor, PortableModel } from '../onnx/model.ts';

/** Constants up to this length are compared. */
const MOST_NUMBERS = 64;

const contentOf = ({ dtype, shape, data }: OnnxTensor): string =>
  `${dtype} ${shape.join()} ${Array.from<unknown, string>(data, (value) => (Object.is(value, -0) ? '-0' : String(value))).join()}`;

const callOf = ({ operator, domain, inputs, attributes }: OnnxNode<OnnxSide>): string =>
  JSON.stringify([operator, domain, inputs, attributes]);

/** The model with equal small constants stored once, except those in `kept`, and what is computed of equal ones computed once. */
export const withoutTwins = (model: PortableModel, kept: ReadonlySet<string>): PortableModel => {
  const same = new Map<string, string>();
  const nameOf = (name: string): string => same.get(name) ?? name;
  const contents = new Map<string, string>();
  const initializers = model.initializers.filter((tensor) => {
    if (tensor.data.length > MOST_NUMBERS || kept.has(tensor.name)) return true;
    const twin = once(contents, contentOf(tensor), tensor.name);
    if (twin !== tensor.name) same.set(tensor.name, twin);
    return twin === tensor.name;
  });
  const constants = constantValues(model.nodes, model.initializers);
  const results = new Set(model.outputs.map(({ name }) => name));
  const calls = new Map<string, OnnxNode<OnnxSide>>();
  const nodes = model.nodes.flatMap((node) => {
    const given = { ...node, inputs: node.inputs.map(nameOf) };
    if (!node.outputs.every(({ name }) => constants.has(name) && !results.has(name))) return [given];
    const twin = once(calls, callOf(given), given);
    if (twin === given) return [given];
    for (const [at, { name }] of node.outputs.entries()) same.set(name, twin.outputs[at]?.name ?? name);
    return [];
  });
  return { ...model, initializers, nodes };
};

/** What was first under a key. */
const once = <T>(all: Map<string, T>, key: string, value: T): T => {
  const first = all.get(key) ?? value;
  all.set(key, first);
  return first;
};
