// ONNX files in onnxruntime-node, in the thread that asks.
import {
  float32,
  MappingNetworksError,
  type ArrayTensor,
  type ExportedNetwork,
} from '@mapping-networks/core';
import { loadOnnxruntime, type Onnxruntime } from '@mapping-networks/engine-onnx';
import { invalidOnnx, noOnnxRuntime } from '../errors.ts';
import { INPUT, OUTPUT } from './step.ts';

/** Outputs by name for one batch. */
export interface OnnxSession {
  readonly runtime: string;
  run(x: ArrayTensor): Promise<Readonly<Record<string, ArrayTensor>>>;
  dispose(): void;
}

const loadRuntime = (): Onnxruntime => {
  try {
    return loadOnnxruntime();
  } catch (cause) {
    throw cause instanceof MappingNetworksError ? noOnnxRuntime(cause) : cause;
  }
};

/** @throws EXPORT_NO_ONNX_RUNTIME, EXPORT_INVALID_ONNX */
export const openOnnx = async (bytes: Uint8Array): Promise<OnnxSession> => {
  const { env, InferenceSession, Tensor } = loadRuntime();
  // Its errors are thrown: they need not be printed too.
  const options = { executionProviders: ['cpu'], logSeverityLevel: 4 } as const;
  const session = await InferenceSession.create(bytes, options).catch((cause: unknown) => {
    throw invalidOnnx(cause);
  });
  return {
    runtime: `onnxruntime-node ${env.versions.node ?? env.versions.common}, cpu`,
    run: async ({ data, shape }) => {
      const results = await session.run({ [INPUT]: new Tensor('float32', Float32Array.from(data), shape) });
      return Object.fromEntries(
        Object.entries(results).map(([name, { data: values, dims }]) => [
          name,
          float32(Float32Array.from(values as Float32Array), [...dims]),
        ]),
      );
    },
    dispose: () => void session.release(),
  };
};

/** The network of an ONNX file. */
export const runOnnx = async (bytes: Uint8Array): Promise<ExportedNetwork> => {
  const session = await openOnnx(bytes);
  return {
    runtime: session.runtime,
    run: async (x) => {
      const { [OUTPUT]: output } = await session.run(x);
      if (output === undefined) throw new TypeError(`the model has no output '${OUTPUT}'`);
      return output;
    },
    dispose: session.dispose,
  };
};
