// Every error that `quantize` throws, one function each.
import { MappingNetworksError, quoted, shown } from '@mapping-networks/core';

const error = (code: string, problem: string, remedy: string): MappingNetworksError =>
  new MappingNetworksError({ code: `QUANTIZE_${code}`, problem, remedy });

/** When an observer is asked for a range before it has seen a number. */
export const nothingObserved = (): MappingNetworksError =>
  error(
    'NOTHING_OBSERVED',
    'Expected an observer to have seen at least one number, got none.',
    'Call observe with activations of some calibration inputs first.',
  );

export const nonFiniteActivation = (index: number, value: number): MappingNetworksError =>
  error(
    'NON_FINITE_ACTIVATION',
    `Expected finite activations, got ${shown(value)} at index ${index}.`,
    'Look for NaN and infinities in the network and in the calibration inputs.',
  );

/** When what is to be quantized rounds its weights already: the second grid would not hold the values of the first. */
export const alreadyRounded = (): MappingNetworksError =>
  error(
    'ALREADY_ROUNDED',
    'Expected a parameterization whose weights are not rounded yet, got one that rounds them.',
    'Quantize the network as it was before, with the type that it is to have.',
  );

/** When a trainable holds NaN or infinity: rounded, it would look like any other number. */
export const notFinite = (name: string, value: number): MappingNetworksError =>
  error(
    'NOT_FINITE',
    `Trainable ${quoted(name)} holds ${value}, which fewer bits cannot stand for: expected finite numbers.`,
    'Begin with a network whose training has not diverged.',
  );

/** When a pass is to train on and whoever runs it cannot train. */
export const cannotFineTune = (): MappingNetworksError =>
  error(
    'CANNOT_FINE_TUNE',
    "Pass 'quantize' was given fineTune, and a context that cannot train.",
    'Leave fineTune out, or run the pass where there is training data, as passContext of mapping-networks does.',
  );
