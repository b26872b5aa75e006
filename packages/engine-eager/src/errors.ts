// Every error that the eager engine throws, one function each; those of the wasm backend are beside it.
import { MappingNetworksError, type ArrayTensor, type InputSpec } from '@mapping-networks/core';

const error = (code: string, problem: string, remedy: string, cause?: unknown): MappingNetworksError =>
  new MappingNetworksError({
    code: `ENGINE_EAGER_${code}`,
    problem,
    remedy,
    ...(cause === undefined ? {} : { cause }),
  });

const listed = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ') || 'none';

const described = ({ dtype, shape }: InputSpec): string => `${dtype} [${shape.join(', ')}]`;

export const backendUnavailable = (backend: string, cause?: unknown): MappingNetworksError =>
  error(
    'BACKEND_UNAVAILABLE',
    `Expected the TensorFlow.js backend '${backend}' to start, but it did not.`,
    "Check that its package is installed in the version of '@tensorflow/tfjs-core', or use another engine.",
    cause,
  );

export const inputNames = (
  expected: readonly string[],
  received: readonly string[],
): MappingNetworksError => {
  const missing = expected.filter((name) => !received.includes(name));
  const extra = received.filter((name) => !expected.includes(name));
  return error(
    'INPUT_NAMES',
    `The inputs do not fit the signature: missing ${listed(missing)}, not in it ${listed(extra)}.`,
    'Give every run the inputs that the step was compiled for, no more and no fewer.',
  );
};

export const inputArray = (name: string, expected: InputSpec, received: ArrayTensor): MappingNetworksError =>
  error(
    'INPUT_ARRAY',
    `Input '${name}': expected ${described(expected)}, got ${described(received)} with ${received.data.length} numbers.`,
    'Pass an array of that type and shape, or compile the step for another signature.',
  );

/** When a signature has one name among its frozen arrays and its inputs. */
export const nameTwice = (name: string): MappingNetworksError =>
  error(
    'NAME_TWICE',
    `'${name}' is both a frozen array and an input of the signature.`,
    'Give frozen arrays and inputs different names, for example by a prefix.',
  );

/** When a step returns a tensor that no named array can hold. */
export const outputType = (name: string, dtype: string): MappingNetworksError =>
  error(
    'OUTPUT_TYPE',
    `Output '${name}' of the step has type ${dtype}; float32 and int32 can be read back.`,
    `Cast it inside the step: tf.cast(value, 'float32').`,
  );

export const missingKernel = (backend: string, kernel: string, cause: unknown): MappingNetworksError =>
  error(
    'MISSING_KERNEL',
    `The step uses the operation ${kernel}, which the TensorFlow.js backend '${backend}' does not have.`,
    "Use the engine 'cpu', which has all operations, or write the step with other ones.",
    cause,
  );

/** When a session or a step is used after its `dispose`. */
export const disposed = (what: 'session' | 'step'): MappingNetworksError =>
  error(
    'DISPOSED',
    `This ${what} was disposed and cannot be used any more.`,
    what === 'session' ? 'Open the engine again.' : 'Compile the step again.',
  );
