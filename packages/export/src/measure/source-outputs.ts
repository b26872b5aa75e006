// What the source computes: its canonical weights, applied by its target on an engine. The weights do not pass through
// the tensor path of the map, which agrees with them to rounding only.
import {
  float32,
  givenWeights,
  modelParameters,
  type ArrayTensor,
  type Model,
  type Part,
} from '@mapping-networks/core';
import { predict } from '@mapping-networks/train';

export const sourceOutputs = async (
  model: Model,
  inputs: ArrayTensor,
  engine: Part<'engine'>,
): Promise<ArrayTensor> => {
  const { target, buffers } = model;
  const source = { target, parameterization: givenWeights(), trainables: modelParameters(model), buffers };
  const data = Float32Array.from(inputs.data);
  const { outputs, size, outputShape } = await predict({
    model: source,
    inputs: data,
    engine,
    batchSize: 128,
  });
  return float32(outputs, [size, ...outputShape]);
};
