// Names that nobody looks up are made short, and what is the same is there once.
import type { OnnxNode, OnnxSide, OnnxTensor, PortableModel } from '../onnx/model.ts';
import { constantValues } from '../onnx/constant-values.ts';
import { namesBeside } from './short-name.ts';

/** Constants up to this length are compared. */
const MOST_NUMBERS = 64;

const contentOf = ({ dtype, shape, data }: OnnxTensor): string =>
  `${dtype} ${shape.join()} ${Array.from<unknown, string>(data, (value) => (Object.is(value, -0) ? '-0' : String(value))).join()}`;

const callOf = ({ operator, domain, inputs, attributes }: OnnxNode<OnnxSide>): string =>
  JSON.stringify([operator, domain, inputs, attributes]);

/** The model with equal small constants stored once, and what is computed of equal ones computed once. */
const withoutTwins = (model: PortableModel, kept: ReadonlySet<string>): PortableModel => {
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

/**
 * The model with short names for constants and whatever is computed of them, the same under one name. Stored constants in
 * `kept` stay as they are, and so does what runs compute.
 */
export const withShortNames = (whole: PortableModel, kept: ReadonlySet<string>): PortableModel => {
  const model = withoutTwins(whole, kept);
  const { initializers, nodes, inputs, outputs } = model;
  const constants = constantValues(nodes, initializers);
  const values = [...inputs, ...initializers, ...nodes.flatMap((node) => node.outputs)].map(
    ({ name }) => name,
  );
  const stored = initializers.map(({ name }) => name).filter((name) => kept.has(name));
  const fixed = new Set([
    ...stored,
    ...outputs.map(({ name }) => name),
    ...values.filter((name) => !constants.has(name)),
  ]);
  const next = namesBeside(fixed);
  const short = new Map(values.filter((name) => !fixed.has(name)).map((name) => [name, next()]));
  const nameOf = (name: string): string => short.get(name) ?? name;
  return {
    ...model,
    initializers: initializers.map((tensor) => ({ ...tensor, name: nameOf(tensor.name) })),
    nodes: nodes.map((node): OnnxNode<OnnxSide> => ({
      ...node,
      inputs: node.inputs.map(nameOf),
      outputs: node.outputs.map((output) => ({ ...output, name: nameOf(output.name) })),
    })),
  };
};
