// Every error that `core` throws, one function each. Nowhere else in the package is an error worded.
import { MappingNetworksError } from './error.ts';
import { shown } from './shown.ts';
import { suggestion } from './plugin/did-you-mean.ts';

/** The plugin whose options are at fault. */
interface Owner {
  readonly kind: string;
  readonly name: string;
}

export interface OptionIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly received: unknown;
}

const error = (code: string, problem: string, remedy: string, cause?: unknown): MappingNetworksError =>
  new MappingNetworksError({ code: `CORE_${code}`, problem, remedy, cause });

const RESTORE = 'Restore it from the original, or train again.';

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

export const unknownOption = (owner: Owner, option: string, known: readonly string[]): MappingNetworksError =>
  error(
    'UNKNOWN_OPTION',
    `${owner.kind} '${owner.name}' has no option '${option}'.`,
    suggestion(option, known),
  );

export const invalidOptions = (owner: Owner, issues: readonly OptionIssue[]): MappingNetworksError =>
  error(
    'INVALID_OPTIONS',
    issues
      .map(({ path, message, received }) => {
        const where = path.length > 0 ? `option '${path.map(String).join('.')}'` : 'the options';
        return `${owner.kind} '${owner.name}', ${where}: ${message}, got ${shown(received)}.`;
      })
      .join(' '),
    'Correct the value, or leave the option out for its default.',
  );

export const invalidSlot = (
  owner: Owner,
  slot: string,
  { kind, many = false }: { readonly kind: string; readonly many?: boolean },
  received: unknown,
): MappingNetworksError =>
  error(
    'INVALID_SLOT',
    `${owner.kind} '${owner.name}', option '${slot}': expected ${many ? `a list of ${kind} parts` : `a ${kind}`}, got ${shown(received)}.`,
    `Pass what a ${kind} plugin returns, for example ${slot}: ${many ? '[somePlugin({ ... })]' : 'somePlugin({ ... })'}.`,
  );

export const unknownName = (kind: string, name: string, known: readonly string[]): MappingNetworksError =>
  error('UNKNOWN_NAME', `There is no ${kind} '${name}'.`, suggestion(name, known));

export const duplicatePlugin = (kind: string, name: string): MappingNetworksError =>
  error(
    'DUPLICATE_PLUGIN',
    `Two plugins of kind ${kind} are called '${name}'.`,
    'Give one of them another name, or list only one.',
  );

export const reservedOption = ({ kind, name }: Owner): MappingNetworksError =>
  error(
    'RESERVED_OPTION',
    `${kind} '${name}' has an option 'use', which is where specs write the name of a plugin.`,
    'Call the option by another name.',
  );

export const invalidSpec = (kind: string, received: unknown): MappingNetworksError =>
  error(
    'INVALID_SPEC',
    `Expected a ${kind}, got ${shown(received)}.`,
    `Write its name, { use: 'name', ...options }, or what the plugin returns.`,
  );

export const emptyParameterSpace = (): MappingNetworksError =>
  error(
    'EMPTY_SPACE',
    'A parameter space needs at least one tensor, got none.',
    'Add the kernels of the target.',
  );

export const duplicateParameter = (name: string): MappingNetworksError =>
  error('DUPLICATE_PARAMETER', `Two parameters are called '${name}'.`, 'Give each layer its own name.');

export const invalidParameter = (spec: {
  readonly name: string;
  readonly layer: string;
  readonly shape: readonly number[];
}): MappingNetworksError =>
  error(
    'INVALID_PARAMETER',
    `Parameter '${spec.name}' of layer '${spec.layer}' with shape [${spec.shape.join(', ')}] does not fit the space.`,
    'Sides must be whole numbers of at least 1, fans positive, mean finite, std positive (what trains is scaled by it), and the parameters of a layer stand together.',
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

export const wrongLength = (what: string, expected: number, received: number): MappingNetworksError =>
  error(
    'WRONG_LENGTH',
    `Expected ${what} to have ${expected} elements, got ${received}.`,
    'Use arrays that were made for this same target and parameterization.',
  );

export const missingTensor = (name: string, given: readonly string[]): MappingNetworksError =>
  error('MISSING_TENSOR', `Tensor '${name}' is missing.`, `Given were: ${given.join(', ') || 'none'}.`);

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

export const latentTooLarge = (latentDim: number, least: number, most: number): MappingNetworksError =>
  error(
    'LATENT_TOO_LARGE',
    `Expected a latent dimension of ${least} to ${most} for this target, got ${latentDim}.`,
    `Choose latentDim between ${least} (one a branch) and ${most} (all parameters).`,
  );

export const invalidAllocation = (
  given: readonly number[],
  layers: readonly { readonly layer: string; readonly size: number }[],
  latentDim: number,
): MappingNetworksError =>
  error(
    'INVALID_ALLOCATION',
    `Expected ${layers.length} latent dimensions that sum to ${latentDim}, at most ${layers
      .map(({ layer, size }) => `${layer}: ${size}`)
      .join(', ')}; got [${given.join(', ')}].`,
    "Give one number for each layer in order, or use 'sqrt' or 'proportional'.",
  );

export const projectionNotTrainable = (name: string): MappingNetworksError =>
  error(
    'PROJECTION_NOT_TRAINABLE',
    `Projection '${name}' has nothing to train.`,
    "Use projection: dense(), or leave 'projection' out of train.",
  );

export const invalidSafetensors = (file: string, problem: string): MappingNetworksError =>
  error('INVALID_SAFETENSORS', `'${file}' is not a safetensors file of this library: ${problem}.`, RESTORE);

export const invalidConfig = (file: string, problem: string, cause?: unknown): MappingNetworksError =>
  error('INVALID_CONFIG', `'${file}' is not the config of a bundle: ${problem}.`, RESTORE, cause);

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

export const unexpectedTensor = (name: string): MappingNetworksError =>
  error(
    'UNEXPECTED_TENSOR',
    `The bundle holds a tensor '${name}' that its config does not call for.`,
    RESTORE,
  );

export const wrongShape = (
  name: string,
  expected: readonly number[],
  received: readonly number[],
  dtype: string,
): MappingNetworksError =>
  error(
    'WRONG_SHAPE',
    `Expected tensor '${name}' to be float32 [${expected.join(', ')}], got ${dtype} [${received.join(', ')}].`,
    'Use a latent that was trained for this same target and parameterization.',
  );

export const fingerprintMismatch = (expected: string, made: string): MappingNetworksError =>
  error(
    'FINGERPRINT_MISMATCH',
    `The weights made from this bundle have fingerprint ${made.slice(0, 12)}…, its config says ${expected.slice(0, 12)}….`,
    'The latent and the config do not belong together, or a file was altered: restore both from the original.',
  );

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
