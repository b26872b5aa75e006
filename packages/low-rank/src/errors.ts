// Every error that `low-rank` throws, one function each.
import { MappingNetworksError, quoted, suggestion } from '@mapping-networks/core';

const error = (code: string, problem: string, remedy: string): MappingNetworksError =>
  new MappingNetworksError({ code: `LOW_RANK_${code}`, problem, remedy });

export const rankOrEnergy = (plugin: string, given: 'both' | 'neither'): MappingNetworksError =>
  error(
    'RANK_OR_ENERGY',
    `${plugin}: expected exactly one of rank and energy, got ${given}.`,
    'Write rank: 32 for one rank everywhere, rank: { fc1: 32 } for one a layer, or energy: 0.9 for ranks that keep 90 % of the squared singular values.',
  );

/** When ranks name the layers and `layers` names them again. */
export const layersBesideRanks = (plugin: string): MappingNetworksError =>
  error(
    'LAYERS_BESIDE_RANKS',
    `${plugin}: expected no layers beside ranks that name them, got both.`,
    'Leave layers out, or give one rank: rank: 32.',
  );

/** When an option names neither a layer nor a tensor of the target. */
export const unknownLayer = (name: string, known: readonly string[]): MappingNetworksError =>
  error(
    'UNKNOWN_LAYER',
    `Expected layers or tensors of the target, got ${quoted(name)}.`,
    suggestion(name, known),
  );

/** When a named layer has no kernel, or a named tensor is a vector. */
export const notAMatrix = (name: string): MappingNetworksError =>
  error(
    'NOT_A_MATRIX',
    `Expected a layer with a kernel, or a kernel, got ${quoted(name)}, which has no matrix to factorize.`,
    'Name layers with kernels only; biases and gains stay as they are.',
  );

/** When the rank asked of a named matrix is more than it can have. */
export const rankTooLarge = (
  name: string,
  rank: number,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): MappingNetworksError =>
  error(
    'RANK_TOO_LARGE',
    `Tensor ${quoted(name)}, a matrix of ${rows}×${columns}, has a rank of at most ${Math.min(rows, columns)}, got ${rank}.`,
    `Choose a lower rank; below ${Math.ceil((rows * columns) / (rows + columns))} there are fewer numbers to store.`,
  );

/** When no matrix of the target would become smaller. */
export const nothingToFactorize = (): MappingNetworksError =>
  error(
    'NOTHING_TO_FACTORIZE',
    'Expected at least one matrix that is smaller as U and V, got a target and options that leave every one as it is.',
    "Choose a lower rank or energy, layers: 'all' for convolutions too, or name the layers: those are factorized in any case.",
  );

/** When low rank within low rank splits matrices again and again: each level doubles their number. */
export const tooManyTensors = (count: number, most: number): MappingNetworksError =>
  error(
    'TOO_MANY_TENSORS',
    `Factorizing gives ${count} tensors, expected at most ${most}.`,
    'Factorize fewer layers, or nest fewer levels of low rank within low rank.',
  );

/** When a matrix to factorize holds NaN or infinity. */
export const notFinite = (what: string): MappingNetworksError =>
  error(
    'NOT_FINITE',
    `${what} has no singular values: expected finite numbers, got NaN or infinity.`,
    'Train again with a lower learning rate, and look at the loss.',
  );

export const cannotFineTune = (): MappingNetworksError =>
  error(
    'CANNOT_FINE_TUNE',
    'The network is to be fine-tuned after it is factorized, but whoever factorizes it cannot train.',
    'Leave fineTune out, or run the pass where training data is at hand.',
  );

/** When layers are to be split in a target that is not a list of layers. */
export const noLayers = (call: string, target: string): MappingNetworksError =>
  error(
    'NO_LAYERS',
    `${call} needs a target that is a list of layers; '${target}' does not tell its layers.`,
    'Use a target made with sequential or feedForward, or multiply U and V where the target is computed.',
  );
