// Every error that `prune` throws, one function each.
import { MappingNetworksError } from '@mapping-networks/core';

const error = (code: string, problem: string, remedy: string): MappingNetworksError =>
  new MappingNetworksError({ code: `PRUNE_${code}`, problem, remedy });

/** When weights are asked of a masked map that was bound without its mask. */
export const missingMask = (): MappingNetworksError =>
  error(
    'MISSING_MASK',
    'A masked parameterization has no weights without its mask, and none was given.',
    'Prune a trained network, which makes the mask: prune({ sparsity: 0.9 }).impl.apply(model, context). A fresh network is trained with the inner parameterization.',
  );

export const invalidMask = (flaw: string): MappingNetworksError =>
  error(
    'INVALID_MASK',
    `The mask does not fit the network: ${flaw}.`,
    'Use the mask that was made for this same target, or prune again.',
  );

/** When units are to be removed from a target that is not a list of layers. */
export const noLayers = (call: string, target: string): MappingNetworksError =>
  error(
    'NO_LAYERS',
    `${call} needs a target that is a list of layers; '${target}' does not tell its layers.`,
    "Use a target made with sequential, or structure 'unstructured', which needs no layers.",
  );

/** When a network has no layer whose units may go. */
export const noUnits = (target: string): MappingNetworksError =>
  error(
    'NO_UNITS',
    `Target '${target}' has no filters or units that could be pruned: those of the last layer are its outputs.`,
    "Use structure 'unstructured', or a network with a hidden layer.",
  );

export const cannotFineTune = (): MappingNetworksError =>
  error(
    'CANNOT_FINE_TUNE',
    'The network is to be fine-tuned while it is pruned, but whoever prunes it cannot train.',
    'Leave fineTune out, or run the pass where training data is at hand.',
  );
