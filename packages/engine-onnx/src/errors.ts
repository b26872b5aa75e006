// Every error that the ONNX engine throws, one function each. What a step cannot be compiled for is told by `graph`.
import { MappingNetworksError, reasonOf } from '@mapping-networks/core';

const error = (code: string, problem: string, remedy: string, cause?: unknown): MappingNetworksError =>
  new MappingNetworksError({
    code: `ENGINE_ONNX_${code}`,
    problem,
    remedy,
    ...(cause === undefined ? {} : { cause }),
  });

/** When onnxruntime-node is not installed, or has no binary for this platform. */
export const unavailable = (cause: unknown): MappingNetworksError =>
  error(
    'UNAVAILABLE',
    `ONNX Runtime does not load: ${reasonOf(cause)}.`,
    "Run npm install onnxruntime-node (where only an npm registry can be reached: ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node), or use engine: 'wasm' (mapnet: --engine wasm).",
    cause,
  );

/** When ONNX Runtime was built without a provider that is asked for. */
export const noProvider = (provider: string, supported: readonly string[]): MappingNetworksError =>
  error(
    'PROVIDER',
    `ONNX Runtime has no provider '${provider}' on ${process.platform} ${process.arch}; it has ${supported.join(', ')}.`,
    'Name one of these in providers (mapnet train: --set \'engine.providers=["cpu"]\'; eval, report: --engine onnx, which takes cpu): cuda is for Linux on x64, dml for Windows, coreml for macOS, webgpu for all but Linux on arm64.',
  );

/** When a provider is there but does not start: its libraries or its device are missing. */
export const providerFailed = (providers: readonly string[], cause: unknown): MappingNetworksError =>
  error(
    'PROVIDER_FAILED',
    `ONNX Runtime cannot compute with ${providers.join(', ')}: ${reasonOf(cause)}.`,
    "cuda needs an NVIDIA driver, CUDA 12, cuDNN 9, and the libraries that onnxruntime-node downloads when it is installed without onnxruntime-node-install=skip; webgpu needs a graphics driver. Without them leave the option out: providers: ['cpu'] runs everywhere.",
    cause,
  );

/** When ONNX Runtime refuses the model of a step. */
export const rejectedModel = (name: string, cause: unknown): MappingNetworksError =>
  error(
    'REJECTED_MODEL',
    `ONNX Runtime refuses the model of step '${name}': ${reasonOf(cause)}.`,
    "Use engine: 'wasm', and report this with what dumpGraph: 'graphs' writes of the step.",
    cause,
  );

export const runFailed = (name: string, cause: unknown): MappingNetworksError =>
  error(
    'RUN_FAILED',
    `ONNX Runtime failed in step '${name}': ${reasonOf(cause)}.`,
    'If an index or a label is out of range, correct it; if memory ran out, use a smaller batch; otherwise report this with what dumpGraph writes of the step.',
    cause,
  );

/** When the thread that computes came to an end of its own. */
export const workerDied = (cause: unknown): MappingNetworksError =>
  error(
    'WORKER_DIED',
    `The thread of ONNX Runtime ended: ${reasonOf(cause)}.`,
    'Open the engine again; if that does not help, try worker: false.',
    cause,
  );

export const cannotDump = (folder: string, cause: unknown): MappingNetworksError =>
  error(
    'CANNOT_DUMP',
    `Cannot write compiled steps to '${folder}': ${reasonOf(cause)}.`,
    'Choose a folder that you may write to as dumpGraph, or leave the option out.',
    cause,
  );

/** When a session or a step is used after its `dispose`. */
export const disposed = (what: 'session' | 'step'): MappingNetworksError =>
  error(
    'DISPOSED',
    `This ${what} was disposed and cannot be used any more.`,
    what === 'session' ? 'Open the engine again.' : 'Compile the step again.',
  );
