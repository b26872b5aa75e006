// What the source computes: its canonical weights, applied by its target on an engine. The weights do not pass through
// the tensor path of the map, which agrees with them to rounding only.
import {
  float32,
  modelParameters,
  type ArrayTensor,
  type Model,
  type ParameterMap,
  type ParameterSpace,
  type Part,
} from '@mapping-networks/core';
import { predict } from '@mapping-networks/train';

/** The canonical weights as trainables of the identity. */
const asItIs = (space: ParameterSpace): ParameterMap => {
  const missing = (): never => {
    throw new TypeError('these weights are given, not generated');
  };
  return {
    space,
    trainables: space.parameters.map(({ name, shape }) => ({ name, shape })),
    init: missing,
    frozen: () => ({}),
    materialize: (trainables) => ({ ...trainables }),
    generate: missing,
    regularizers: {},
  };
};

const given: Part<'parameterization'> = {
  kind: 'parameterization',
  name: 'given',
  options: {},
  impl: { learningRate: 0, bind: asItIs },
};

export const sourceOutputs = async (
  model: Model,
  inputs: ArrayTensor,
  engine: Part<'engine'>,
): Promise<ArrayTensor> => {
  const { target, buffers } = model;
  const source = { target, parameterization: given, trainables: modelParameters(model), buffers };
  const data = Float32Array.from(inputs.data);
  const { outputs, size, outputShape } = await predict({
    model: source,
    inputs: data,
    engine,
    batchSize: 128,
  });
  return float32(outputs, [size, ...outputShape]);
};
