// Weights come into a model as inputs and become constants of it, in the shapes in which they are read.
import type { NamedArrays } from '@mapping-networks/core';
import type { OnnxTensor, PortableModel, WeightOrigin } from '../onnx/model.ts';

/** The model with these inputs as constants. */
export const withInitializers = (
  model: PortableModel,
  arrays: NamedArrays,
  origins: ReadonlyMap<string, WeightOrigin> = new Map(),
): PortableModel => {
  const read = new Set(model.nodes.flatMap(({ inputs }) => inputs));
  const tensors = Object.entries(arrays)
    .filter(([name]) => read.has(name))
    .map(([name, { data, dtype, shape }]): OnnxTensor => {
      const origin = origins.get(name);
      return { name, dtype, shape, data, ...(origin && { origin }) };
    });
  return reshapedOnce({
    ...model,
    inputs: model.inputs.filter(({ name }) => !Object.hasOwn(arrays, name)),
    initializers: [...tensors, ...model.initializers],
  });
};

/** Without the Reshape of a constant: the constant has that shape. */
const reshapedOnce = (model: PortableModel): PortableModel => {
  const constants = new Map(model.initializers.map((tensor) => [tensor.name, tensor]));
  const results = new Set(model.outputs.map(({ name }) => name));
  const renamed = new Map<string, string>();
  const added: OnnxTensor[] = [];
  const readers = new Map<string, number>();
  for (const name of model.nodes.flatMap(({ inputs }) => inputs)) {
    readers.set(name, (readers.get(name) ?? 0) + 1);
  }
  const nodes = model.nodes.filter(({ operator, inputs: [source = ''], outputs: [value] }) => {
    const tensor = constants.get(source);
    const fixed = value?.shape.every((side) => typeof side === 'number');
    if (operator !== 'Reshape' || tensor === undefined || !value || !fixed || results.has(value.name))
      return true;
    const name = readers.get(source) === 1 ? source : value.name;
    renamed.set(value.name, name);
    added.push({ ...tensor, name, shape: value.shape });
    return false;
  });
  const replaced = new Set(added.map(({ name }) => name));
  const rewired = nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map((name) => renamed.get(name) ?? name),
  }));
  const read = new Set(rewired.flatMap(({ inputs }) => inputs));
  return {
    ...model,
    nodes: rewired,
    initializers: [...model.initializers.filter(({ name }) => !replaced.has(name)), ...added].filter(
      ({ name }) => read.has(name),
    ),
  };
};
