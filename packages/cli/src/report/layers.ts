// The weights of a network by layer, as trained and as the run started: both follow from the map.
import { modelMap, type Model } from '@mapping-networks/core';
import type { LayerWeights } from '@mapping-networks/report';

/** Views on two flat θ: of the model, and of the map's fresh trainables for the seed of the run. */
export const layersOf = (model: Model, seed: number): readonly LayerWeights[] => {
  const map = modelMap(model);
  const [trained, initial] = [map.generate(model.trainables), map.generate(map.init(seed))];
  return map.space.layers.map(({ layer, offset, size }) => ({
    layer,
    trained: trained.subarray(offset, offset + size),
    initial: initial.subarray(offset, offset + size),
  }));
};
