// A trained network with a mask, whether it had one before or not.
import { prefixed, type Model } from '@mapping-networks/core';
import { missingMask } from './errors.ts';
import { packMask, requireMask, unpackMask, type Kept } from './mask.ts';
import { INNER, innerOf, masked } from './masked.ts';

/** What is kept of a network: all of it, unless it is masked. */
export const keptOf = ({ target, parameterization, constants }: Model): Kept => {
  const { size } = target.impl.parameters;
  if (innerOf(parameterization) === undefined) return new Uint8Array(size).fill(1);
  const mask = constants?.['mask'];
  if (mask === undefined) throw missingMask();
  return unpackMask(requireMask(mask, size), size);
};

/** The network under a mask; one that it had is replaced. Scores from before are left out; the latent is as it was. */
export const withMask = (model: Model, kept: Kept): Model => {
  const { parameterization, constants = {}, metrics: _stale, ...rest } = model;
  const mask = packMask(kept);
  const own =
    innerOf(parameterization) === undefined
      ? {
          parameterization: masked({ inner: parameterization }),
          constants: { mask, ...prefixed(INNER, constants) },
        }
      : { parameterization, constants: { ...constants, mask } };
  return { ...rest, ...own };
};
