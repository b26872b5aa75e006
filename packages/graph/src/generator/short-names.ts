// Names that nobody looks up are a, b, … Z, aa, ba, … In a small file names take more than what they name.
import { constantValues } from '../onnx/constant-values.ts';
import type { OnnxNode, OnnxSide, PortableModel } from '../onnx/model.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

const shortName = (number: number): string =>
  number < LETTERS.length
    ? LETTERS.charAt(number)
    : LETTERS.charAt(number % LETTERS.length) + shortName(Math.floor(number / LETTERS.length) - 1);

/** A short name that nobody has, at each call. */
export const namesBeside = (taken: Iterable<string>): (() => string) => {
  const all = new Set(taken);
  let number = 0;
  return () => {
    let name = shortName(number++);
    while (all.has(name)) name = shortName(number++);
    return name;
  };
};

/**
 * The model with short names for constants and whatever is computed of them. Stored constants in `kept` stay as they are, and
 * so does what runs compute.
 */
export const withShortNames = (model: PortableModel, kept: ReadonlySet<string>): PortableModel => {
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
