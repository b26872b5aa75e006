// Every way in which a law can be found broken, one function each. Nowhere else in the package is an error worded.
import { MappingNetworksError } from '@mapping-networks/core';

const error = (code: string, problem: string, remedy: string, cause?: unknown): MappingNetworksError =>
  new MappingNetworksError({ code: `CONFORMANCE_${code}`, problem, remedy, cause });

const shown = (value: unknown): string =>
  typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));

/** Where two arrays differ most. */
interface Difference {
  readonly index: number;
  readonly expected: number;
  readonly received: number;
}

/** When two results that ought to agree differ by more than rounding. */
export const notClose = (
  what: string,
  { index, expected, received }: Difference,
  tolerance: number,
): MappingNetworksError =>
  error(
    'NOT_CLOSE',
    `${what}: expected ${expected} at index ${index}, got ${received}.`,
    `The difference may be ${tolerance} at most; compute both from the same formula.`,
  );

/** When the same call gives other numbers the second time. */
export const differentBits = (
  what: string,
  { index, expected, received }: Difference,
): MappingNetworksError =>
  error(
    'DIFFERENT_BITS',
    `${what}: expected the same bits, but at index ${index} one time ${expected} came and another time ${received}.`,
    'Let the result depend on its arguments alone: no state, no Math.random, no clock, a fixed order of additions.',
  );

/** When another seed or key changes nothing. */
export const sameBits = (what: string): MappingNetworksError =>
  error(
    'SAME_BITS',
    `${what}: expected different values, got the same.`,
    'Derive every random number from the key or seed given.',
  );

/** When an array or tensor has another shape than the contract says. */
export const wrongShape = (
  what: string,
  expected: readonly number[],
  received: readonly number[],
): MappingNetworksError =>
  error(
    'WRONG_SHAPE',
    `${what}: expected shape [${expected.join(', ')}], got [${received.join(', ')}].`,
    'Return what the contract declares, or declare what is returned.',
  );

/** When arrays, tensors or options have other names than were declared. */
export const wrongNames = (
  what: string,
  expected: readonly string[],
  received: readonly string[],
): MappingNetworksError =>
  error(
    'WRONG_NAMES',
    `${what}: expected exactly ${expected.join(', ') || 'nothing'}, got ${received.join(', ') || 'nothing'}.`,
    'Return one entry for each declared name and no other.',
  );

/** When a law expects one certain value. */
export const wrongValue = (
  what: string,
  expected: unknown,
  received: unknown,
  remedy: string,
): MappingNetworksError =>
  error('WRONG_VALUE', `${what}: expected ${shown(expected)}, got ${shown(received)}.`, remedy);

export const notFinite = (what: string, index: number, received: number): MappingNetworksError =>
  error(
    'NOT_FINITE',
    `${what}: expected finite numbers, got ${received} at index ${index}.`,
    'Guard divisions, logarithms and roots.',
  );

/** When a law bounds a value from above. */
export const aboveLimit = (
  what: string,
  limit: number,
  received: number,
  remedy: string,
): MappingNetworksError =>
  error('ABOVE_LIMIT', `${what}: expected at most ${limit}, got ${received}.`, remedy);

/** When a law bounds a value from below. */
export const belowLimit = (
  what: string,
  limit: number,
  received: number,
  remedy: string,
): MappingNetworksError =>
  error('BELOW_LIMIT', `${what}: expected at least ${limit}, got ${received}.`, remedy);

export const tensorLeak = (what: string, kept: number): MappingNetworksError =>
  error(
    'TENSOR_LEAK',
    `${what}: expected no tensor to outlive the call, got ${kept} more than before.`,
    'Do not keep, cache or clone tensors: they belong to the caller, who tidies them.',
  );

export const disposedInput = (what: string, name: string): MappingNetworksError =>
  error(
    'DISPOSED_INPUT',
    `${what}: expected input '${name}' to live on, but it was disposed.`,
    'Leave the tensors of the caller alone.',
  );

export const wrongGradient = (
  what: string,
  expected: number,
  received: number,
  tolerance: number,
): MappingNetworksError =>
  error(
    'WRONG_GRADIENT',
    `${what}: finite differences give ${expected}, the gradient ${received}; they may differ by ${tolerance}.`,
    'Check the derivative; use only TensorFlow.js operations that have gradients, or give a custom one.',
  );

/** When a part accepts what the contract has it refuse. */
export const notRejected = (what: string): MappingNetworksError =>
  error(
    'NOT_REJECTED',
    `${what}: expected an error, got none.`,
    'Check the argument and throw an error that says what to do.',
  );

/** What `assertLaws` throws: every law that does not hold, with its own error. */
export const lawBroken = (
  broken: readonly { readonly name: string; readonly error: unknown }[],
): MappingNetworksError =>
  error(
    'LAW_BROKEN',
    `${broken.length} laws do not hold: ${broken
      .map(({ name, error }) => `${name} (${error instanceof Error ? error.message : String(error)})`)
      .join('; ')}.`,
    'Correct the part, or what it declares.',
    broken[0]?.error,
  );
