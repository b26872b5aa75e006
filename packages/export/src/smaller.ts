// What structured pruning left, as a really smaller network.
import type { Model } from '@mapping-networks/core';
import { shrink } from '@mapping-networks/prune';
import { feedForward } from '@mapping-networks/targets';

/** The network without filters and units that do nothing; itself where all do something, or where it is no list of layers. */
export const smaller = (model: Model): Model => {
  const { network, parameters } = model.target.impl;
  if (network === undefined) return model;
  const small = shrink(model, feedForward);
  return small.target.impl.parameters.size < parameters.size ? small : model;
};
