// Every error that `core` throws, one function each; those about plugins and arguments are in plugin/errors.ts. Nowhere
// else in the package is an error worded.
import type { InputSpec } from './contracts/engine.ts';
import type { ArrayTensor } from './arrays.ts';
import type { StoredArray } from './artifact/stored-array.ts';
import { MappingNetworksError } from './error.ts';
import { reasonOf } from './reason.ts';
import { listed, quoted, shown, shownShape } from './shown.ts';

const error = (code: string, problem: string, remedy: string, cause?: unknown): MappingNetworksError =>
  new MappingNetworksError({ code: `CORE_${code}`, problem, remedy, cause });

const RESTORE = 'Restore it from the original, or train again.';

export const emptyParameterSpace = (): MappingNetworksError =>
  error(
    'EMPTY_SPACE',
    'A parameter space needs at least one tensor, got none.',
    'Add the kernels of the target.',
  );

export const duplicateParameter = (name: string): MappingNetworksError =>
  error('DUPLICATE_PARAMETER', `Two parameters are called ${quoted(name)}.`, 'Give each layer its own name.');

/** When a tensor that `parameterSpace` gets has a shape, fan or init that cannot be. */
export const invalidParameter = (
  { name, layer }: { readonly name: string; readonly layer: string },
  flaw: string,
): MappingNetworksError =>
  error(
    'INVALID_PARAMETER',
    `Parameter ${quoted(name)} of layer ${quoted(layer)}: ${flaw}.`,
    'Make it with kernel, bias or gain, or correct what you wrote by hand.',
  );

/** When `parameterSpace` is asked for more numbers than any engine can hold. */
export const spaceTooLarge = (size: number, most: number): MappingNetworksError =>
  error(
    'SPACE_TOO_LARGE',
    `Expected a parameter space of at most ${most} numbers, got ${size}.`,
    'Use smaller layers: every number takes 4 bytes, and all of them are made at once.',
  );

export const invalidSeed = (received: unknown): MappingNetworksError =>
  error(
    'INVALID_SEED',
    `Expected a seed, a whole number of 0 to 2^53 - 1, got ${shown(received)}.`,
    'Pass for example 0.',
  );

export const invalidPathStep = (received: unknown): MappingNetworksError =>
  error(
    'INVALID_PATH_STEP',
    `Expected a name or an index of 0 to 2^32 - 1 in the path of a random key, got ${shown(received)}.`,
    'Pass a whole number in that range; name what does not fit.',
  );

export const invalidSubset = (size: number, count: number): MappingNetworksError =>
  error(
    'INVALID_SUBSET',
    `Expected a subset of 0 to ${shown(size)} entries of ${shown(size)}, got ${shown(count)}.`,
    'Ask for a whole number of entries, no more than there are.',
  );

/** When flat parameters, or the array of one tensor, have another size than the space. */
export const wrongLength = (what: string, expected: number, received: number): MappingNetworksError =>
  error(
    'WRONG_LENGTH',
    `Expected ${what} to have ${expected} elements, got ${received}.`,
    'Use arrays that were made for this same target and parameterization.',
  );

/** When a bundle or a set of named arrays lacks a tensor that the network needs. */
export const missingTensor = (name: string, given: readonly string[]): MappingNetworksError =>
  error('MISSING_TENSOR', `Tensor ${quoted(name)} is missing.`, `Given were: ${listed(given) || 'none'}.`);

/** When a projection is bound to sizes that it cannot map. */
export const invalidProjectionSize = (name: string, rows: number, columns: number): MappingNetworksError =>
  error(
    'INVALID_PROJECTION_SIZE',
    `Projection '${name}' maps 1 to P numbers to P parameters, got ${columns} to ${rows}.`,
    `Choose a latent dimension of 1 to ${rows}.`,
  );

export const denseTooLarge = (rows: number, columns: number, most: number): MappingNetworksError =>
  error(
    'DENSE_TOO_LARGE',
    `A dense projection of ${rows} x ${columns} would hold ${rows * columns} numbers, more than ${most}.`,
    "Use projection 'hadamard', which stores none of them.",
  );

/** When a mapping is bound to a target with fewer parameters than latent dimensions, or more layers. */
export const latentTooLarge = (latentDim: number, least: number, most: number): MappingNetworksError =>
  error(
    'LATENT_TOO_LARGE',
    `Expected a latent dimension of ${least} to ${most} for this target, got ${latentDim}.`,
    `Choose latentDim between ${least} (one a branch) and ${most} (all parameters).`,
  );

/** When the listed latent dimensions do not fit the layers of the target. */
export const invalidAllocation = (
  given: readonly number[],
  layers: readonly { readonly layer: string; readonly size: number }[],
  latentDim: number,
): MappingNetworksError =>
  error(
    'INVALID_ALLOCATION',
    `Expected ${layers.length} latent dimensions that sum to ${latentDim}, at most ${listed(
      layers.map(({ layer, size }) => `${layer}: ${size}`),
    )}; got ${shownShape(given)}.`,
    "Give one number for each layer in order, or use 'sqrt' or 'proportional'.",
  );

/** When a mapping trains 'projection' and the projection declares nothing to train. */
export const projectionNotTrainable = (name: string): MappingNetworksError =>
  error(
    'PROJECTION_NOT_TRAINABLE',
    `Projection '${name}' has nothing to train.`,
    "Use projection: dense(), or leave 'projection' out of train.",
  );

export const stepInputNames = (
  expected: readonly string[],
  received: readonly string[],
): MappingNetworksError => {
  const missing = expected.filter((name) => !received.includes(name));
  const extra = received.filter((name) => !expected.includes(name));
  return error(
    'STEP_INPUT_NAMES',
    `The inputs do not fit the signature: missing ${namesOf(missing)}, not in it ${namesOf(extra)}.`,
    'Give every run the inputs that the step was compiled for, no more and no fewer.',
  );
};

const namesOf = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ') || 'none';

const specText = ({ dtype, shape }: InputSpec): string => `${dtype} [${shape.join(', ')}]`;

export const stepInputArray = (
  name: string,
  expected: InputSpec,
  received: ArrayTensor,
): MappingNetworksError =>
  error(
    'STEP_INPUT_ARRAY',
    `Input '${name}': expected ${specText(expected)}, got ${specText(received)} with ${received.data.length} numbers.`,
    'Pass an array of that type and shape, or compile the step for another signature.',
  );

/** When a signature has one name among its frozen arrays and its inputs. */
export const stepNameTwice = (name: string): MappingNetworksError =>
  error(
    'STEP_NAME_TWICE',
    `'${name}' is both a frozen array and an input of the signature.`,
    'Give frozen arrays and inputs different names, for example by a prefix.',
  );

export const invalidSafetensors = (file: string, problem: string): MappingNetworksError =>
  error('INVALID_SAFETENSORS', `'${file}' is not a safetensors file of this library: ${problem}.`, RESTORE);

export const reservedTensorName = (name: string): MappingNetworksError =>
  error(
    'RESERVED_TENSOR_NAME',
    `A tensor is called '${name}', a name that files or JavaScript keep for themselves.`,
    'Give it another name.',
  );

export const invalidConfig = (file: string, problem: string): MappingNetworksError =>
  error('INVALID_CONFIG', `'${file}' is not the config of a bundle: ${problem}.`, RESTORE);

/** When a bundle was written by a later version of this library. */
export const newerBundle = (
  file: string,
  what: string,
  version: number,
  known: number,
): MappingNetworksError =>
  error(
    'NEWER_BUNDLE',
    `'${file}' has ${what} version ${version}; this library reads version ${known}.`,
    'Install the version of mapping-networks that wrote it.',
  );

/** When a bundle holds a tensor that the network does not need: the files are of two runs. */
export const unexpectedTensor = (name: string): MappingNetworksError =>
  error(
    'UNEXPECTED_TENSOR',
    `The bundle holds a tensor ${quoted(name)} that its config does not call for.`,
    RESTORE,
  );

/** When a tensor of a bundle has another shape or type than the network needs. */
export const wrongShape = (
  name: string,
  expected: Pick<StoredArray, 'dtype'> & { readonly shape: readonly (number | string)[] },
  received: Pick<StoredArray, 'shape' | 'dtype'>,
): MappingNetworksError =>
  error(
    'WRONG_SHAPE',
    `Expected tensor ${quoted(name)} to be ${expected.dtype} ${shownShape(expected.shape)}, got ${received.dtype} ${shownShape(received.shape)}.`,
    'Use a latent that was trained for this same target and parameterization.',
  );

export const fingerprintMismatch = (expected: string, made: string): MappingNetworksError =>
  error(
    'FINGERPRINT_MISMATCH',
    `The weights made from this bundle have fingerprint ${made.slice(0, 12)}…, its config says ${expected.slice(0, 12)}….`,
    'The latent and the config do not belong together, or a file was altered: restore both from the original.',
  );

export const checksumMismatch = (): MappingNetworksError =>
  error(
    'CHECKSUM_MISMATCH',
    'The files of this bundle are not those that were written: their checksum differs from the one in config.json.',
    'A file was altered, or the two do not belong together: restore both from the original. What is meant to change is changed by loading the bundle and saving it again.',
  );

export const bundleTooLarge = (
  what: 'parameters' | 'tensors' | 'operations',
  count: number,
  most: number,
): MappingNetworksError =>
  error(
    'BUNDLE_TOO_LARGE',
    `Loading the bundle takes ${shown(count)} ${what}, more than the ${shown(most)} that are allowed.`,
    `If you trust it and have the memory and the time (10^9 operations take about a second), allow more: loadBundle(folder, registry, { ${what}: … }).`,
  );

export const nonFiniteTensor = (name: string, index: number, value: number): MappingNetworksError =>
  error(
    'NON_FINITE_TENSOR',
    `Tensor ${quoted(name)} holds ${value} at place ${index}, expected finite numbers.`,
    'Training diverged, or the file was altered: go back to an earlier state, or train with a smaller learning rate.',
  );

/** When a trainable holds a number that its encoding cannot: it would be read back as another. */
export const offGrid = (name: string, type: string, place: number, value: number): MappingNetworksError =>
  error(
    'OFF_GRID',
    `Trainable ${quoted(name)} holds ${value} at place ${place}, which its encoding ${type} does not.`,
    "Encode last, after everything that changes trainables, or leave 'encoding' out of the model.",
  );

/** When an encoding of trainables does not fit them. */
export const invalidEncoding = (name: string, flaw: string): MappingNetworksError =>
  error(
    'INVALID_ENCODING',
    `The encoding of trainable ${quoted(name)}: ${flaw}.`,
    'Make encodings with quantizeLatent; restore a bundle that has another from the original.',
  );

export const notAFile = (path: string): MappingNetworksError =>
  error(
    'NOT_A_FILE',
    `'${path}' is not a regular file: it is a folder, a pipe or a device.`,
    'Put the file itself, or a link to it, in its place.',
  );

export const fileTooLarge = (path: string, limit: number): MappingNetworksError =>
  error('FILE_TOO_LARGE', `'${path}' has more than ${limit} bytes, more than such a file can.`, RESTORE);

export const cannotRead = (path: string, cause: unknown): MappingNetworksError =>
  error(
    'CANNOT_READ',
    `Cannot read '${path}': ${reasonOf(cause)}.`,
    'Check the path and its permissions.',
    cause,
  );

export const cannotWrite = (path: string, cause: unknown): MappingNetworksError =>
  error(
    'CANNOT_WRITE',
    `Cannot write to '${path}': ${reasonOf(cause)}.`,
    'Choose a folder that you may write to, on a disk with free space; what was saved there before is untouched.',
    cause,
  );

/** When a pass makes numbers that are not finite. */
export const passMadeNonFinite = (
  /** Undefined for the network that the first one gets. */
  pass: string | undefined,
  what: string,
  value: number,
): MappingNetworksError =>
  error(
    'PASS_NON_FINITE',
    `${pass === undefined ? 'Before any pass' : `After pass ${quoted(pass)}`}, ${what} of the network hold ${value}, expected finite numbers.`,
    'Begin with a network whose training has not diverged; where a pass trains on, use a smaller learning rate.',
  );

/** When a pass returns what cannot take the place of the network it got. */
export const passMadeOther = (pass: string, flaw: string): MappingNetworksError =>
  error(
    'PASS_OTHER_NETWORK',
    `Pass ${quoted(pass)} returned ${flaw}.`,
    'A pass returns a model with the inputs and outputs of the one it got, and with all arrays that its parts name.',
  );
