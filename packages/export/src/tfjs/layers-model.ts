// A network as a layers model: the topology as tfjs-layers writes it, and each tensor in its bits.
import { modelMap, modelParameters, type LayeredNetwork, type Model } from '@mapping-networks/core';
import { encodeExactly, encodeValues, roundingOf, type TfjsQuantization } from './encode-weight.ts';
import { modelFiles, type Files, type StoredWeight } from './model-files.ts';
import { topologyOf } from './topology.ts';

export interface LayersOptions {
  readonly quantization: 'auto' | TfjsQuantization;
  readonly shardBytes: number;
}

export const layersModel = async (
  model: Model,
  network: LayeredNetwork,
  { quantization, shardBytes }: LayersOptions,
): Promise<Files> => {
  const { modelTopology, weights } = await topologyOf(network);
  const arrays = { ...modelParameters(model), ...model.buffers };
  const formats = modelMap(model).formats?.(model.trainables) ?? {};
  const stored = weights.flatMap(({ name, source }): StoredWeight[] => {
    const array = arrays[source];
    if (array === undefined) return [];
    const values = Float32Array.from(array.data);
    const encoded =
      quantization === 'auto'
        ? encodeExactly(values, formats[source])
        : encodeValues(values, roundingOf(array.shape, quantization));
    return [{ name, shape: array.shape, dtype: 'float32', ...encoded }];
  });
  return modelFiles('layers-model', { modelTopology }, stored, shardBytes);
};
