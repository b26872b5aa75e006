// What low rank and structured pruning left, as a really smaller network.
import type { Model } from '@mapping-networks/core';
import { splitLayers } from '@mapping-networks/low-rank';
import { shrink } from '@mapping-networks/prune';
import { feedForward } from '@mapping-networks/targets';

/**
 * The network with factorized layers as two each, and without filters and units that do nothing; itself where nothing gets
 * smaller, or where it is no list of layers.
 */
export const smaller = (model: Model): Model =>
  model.target.impl.network === undefined
    ? model
    : [splitLayers, shrink].reduce((best, make) => {
        const made = make(best, feedForward);
        return sizeOf(made) < sizeOf(best) ? made : best;
      }, model);

const sizeOf = ({ target }: Model): number => target.impl.parameters.size;
