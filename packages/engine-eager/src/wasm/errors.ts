// What can go wrong while opening or running the wasm backend.
import { MappingNetworksError } from '@mapping-networks/core';

export const wasmUnavailable = (cause?: unknown): MappingNetworksError =>
  new MappingNetworksError({
    code: 'ENGINE_EAGER_WASM_UNAVAILABLE',
    problem: 'Expected the TensorFlow.js backend "wasm" to start, but it did not.',
    remedy:
      'Check that @tensorflow/tfjs-core and @tensorflow/tfjs-backend-wasm are installed once, in the same version, ' +
      'or use the engine with the backend "cpu".',
    ...(cause === undefined ? {} : { cause }),
  });

/** When the installed TensorFlow.js is built in another way than the one that the kernels know. */
export const wasmInternals = (missing: string): MappingNetworksError =>
  new MappingNetworksError({
    code: 'ENGINE_EAGER_WASM_INTERNALS',
    problem: `Expected @tensorflow/tfjs-backend-wasm 4.22 to expose ${missing}, but it does not.`,
    remedy: 'Install version ^4.22.0 of @tensorflow/tfjs-backend-wasm.',
  });

export const wasmDataFormat = (kernel: string, dataFormat: string): MappingNetworksError =>
  new MappingNetworksError({
    code: 'ENGINE_EAGER_WASM_DATA_FORMAT',
    problem: `Expected ${kernel} on the wasm backend to get images as NHWC, got ${dataFormat}.`,
    remedy: 'Transpose the images to [batch, height, width, channels], or use the backend "cpu".',
  });

export const wasmDtype = (kernel: string, dtype: string): MappingNetworksError =>
  new MappingNetworksError({
    code: 'ENGINE_EAGER_WASM_DTYPE',
    problem: `Expected ${kernel} on the wasm backend to get float32, got ${dtype}.`,
    remedy: 'Cast the tensor with tf.cast(x, "float32") first.',
  });
