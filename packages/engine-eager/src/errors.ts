// Every error that the eager engine throws, one function each; those of the wasm backend are beside it.
import { MappingNetworksError } from '@mapping-networks/core';

const error = (code: string, problem: string, remedy: string, cause?: unknown): MappingNetworksError =>
  new MappingNetworksError({
    code: `ENGINE_EAGER_${code}`,
    problem,
    remedy,
    ...(cause === undefined ? {} : { cause }),
  });

export const backendUnavailable = (backend: string, cause?: unknown): MappingNetworksError =>
  error(
    'BACKEND_UNAVAILABLE',
    `Expected the TensorFlow.js backend '${backend}' to start, but it did not.`,
    "Check that its package is installed in the version of '@tensorflow/tfjs-core', or use another engine.",
    cause,
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
