// A mask in a bundle: a few hundred bytes where the weights before it foretell it, about half a bit a weight where training
// has moved them since.
import type {
  ConstantCoding,
  ConstantSpec,
  NamedArrays,
  ParameterMap,
  Parameterization,
  ParameterSpace,
} from '@mapping-networks/core';
import { decodeMask, encodeMask, MASK_OPERATIONS, mostMaskBytes } from '@mapping-networks/runtime/canonical';
import { invalidMask } from './errors.ts';
import { packMask, requireMask, unpackMask } from './mask.ts';

/** How a mask over the weights of `inner`, which has these constants, is stored. `decode` throws PRUNE_INVALID_MASK. */
export const maskCoding = (
  inner: Parameterization,
  constants: readonly ConstantSpec[],
  space: ParameterSpace,
): ConstantCoding => {
  // Weights foretell their mask, but not those that have constants, which a reader has yet to decode.
  const map = constants.length === 0 ? (): ParameterMap => inner.bind(space) : undefined;
  const weights = (trainables: NamedArrays): Float32Array | undefined => map?.().generate(trainables);
  return {
    mostBytes: mostMaskBytes(space.size),
    operations: () => (map?.().operations ?? 0) + MASK_OPERATIONS * space.size,
    encode: (mask, trainables) =>
      encodeMask(unpackMask(requireMask(mask, space.size), space.size), space, weights(trainables)),
    decode: (bytes, trainables) => {
      const kept = decodeMask(bytes, space, weights(trainables));
      if (kept === undefined) throw invalidMask('its bytes in the bundle are those of no mask');
      return packMask(kept);
    },
  };
};
