// Every error that the runtime throws, one function each. What comes from a file is shown short and printable.

/**
 * What the runtime throws: `code` is stable (`RUNTIME_…`), the message says what is wrong and what to do.
 *
 * @example
 * ```ts
 * import { load, RuntimeError } from '@mapping-networks/runtime';
 * try {
 *   await load({ 'latent.safetensors': new Uint8Array(), 'config.json': '{}' });
 * } catch (error) {
 *   if (error instanceof RuntimeError) console.log(error.code); // RUNTIME_INVALID_BUNDLE
 * }
 * ```
 */
export class RuntimeError extends Error {
  readonly code: string;

  constructor(code: string, problem: string, remedy: string) {
    super(`${problem.slice(0, 99).replace(/[^ -~]/g, '?')}. ${remedy}`);
    this.name = 'RuntimeError';
    this.code = code;
  }
}

const RESTORE = 'Restore the bundle';

const error = (code: string, problem: string, remedy: string): RuntimeError =>
  new RuntimeError(`RUNTIME_${code}`, problem, remedy);

/** When a function gets what it cannot take. */
export const invalidArgument = (expected: string): RuntimeError =>
  error('INVALID_ARGUMENT', `Expected ${expected}`, 'Pass that');

/** When something in a bundle is missing, unknown, out of its range, or does not fit the rest. */
export const invalidBundle = (where: string): RuntimeError =>
  error('INVALID_BUNDLE', `Invalid: ${where}`, RESTORE);

/** When a bundle was written by a later version of this library. */
export const newerBundle = (): RuntimeError =>
  error('NEWER_BUNDLE', 'The bundle is newer', 'Update the runtime');

/** When a bundle names what the runtime has not been given. */
export const unknownName = (name: string): RuntimeError =>
  error('UNKNOWN_NAME', `Unknown: ${name}`, 'Pass it to load');

/** When making the weights would take too much memory or time. */
export const tooLarge = (what: string): RuntimeError =>
  error('TOO_LARGE', `Too many ${what}`, 'Use a smaller network');

/** When the checksum of the files, or the fingerprint of the weights, is not the one in `config.json`. */
export const mismatch = (what: 'checksum' | 'fingerprint'): RuntimeError =>
  error('MISMATCH', `Another ${what}`, RESTORE);
