// One compiled step: its model is loaded at the first run, and what it took is freed once its last run is over.
import {
  checkInputs,
  float32,
  int32,
  MappingNetworksError,
  type ArrayTensor,
  type InputSpec,
  type NamedArrays,
} from '@mapping-networks/core';
import { encodeModel, type OnnxModel, type OnnxOutput } from '@mapping-networks/graph';
import type { InferenceSession } from 'onnxruntime-common';
import { disposed, rejectedModel, runFailed } from './errors.ts';
import type { LoadedModel, Runtime } from './runtime/runtime.ts';
import { splitConstants } from './split-constants.ts';

export interface Program {
  run(inputs: NamedArrays): Promise<NamedArrays>;
  /** Frees the model, after the runs that are under way. */
  release(): Promise<void>;
}

export interface ProgramSetting {
  readonly name: string;
  readonly specs: Readonly<Record<string, InputSpec>>;
  readonly options: InferenceSession.SessionOptions;
}

/** The program of a model, whose outputs are float32 or int32. */
export const createProgram = (
  runtime: Runtime,
  model: OnnxModel,
  { name, specs, options }: ProgramSetting,
): Program => {
  const { inputs, outputs } = model;
  let loader: (() => Promise<LoadedModel>) | undefined = loaderOf(runtime, model, options);
  let loading: Promise<LoadedModel> | undefined;
  let loaded: LoadedModel | undefined;
  const load = async (): Promise<LoadedModel> => {
    loading ??= loader?.();
    if (loading === undefined) throw disposed('step');
    // With it goes the model.
    loader = undefined;
    loaded = await explained(loading, (cause) => rejectedModel(name, cause));
    return loaded;
  };
  const run = async (arrays: readonly ArrayTensor['data'][]): Promise<NamedArrays> => {
    // ONNX Runtime refuses models that give nothing.
    if (outputs.length === 0) return {};
    // A loaded model begins at once: what the caller does until the end is done meanwhile.
    const ready = loaded ?? (await load());
    const results = await explained(ready.run(arrays), (cause) => runFailed(name, cause));
    return named(outputs, results);
  };
  const runs = new Set<Promise<unknown>>();
  return {
    run: (given) => {
      checkInputs(specs, given);
      const running = run(inputs.map((input) => (given[input.name] as ArrayTensor).data));
      const ended: Promise<unknown> = running.catch(() => {}).then(() => runs.delete(ended));
      runs.add(ended);
      return running;
    },
    release: async () => {
      loader = undefined;
      await Promise.all(runs);
      await loaded?.release();
    },
  };
};

/** A function of its own, so that nothing but what it returns holds the model with its constants. */
const loaderOf =
  (runtime: Runtime, model: OnnxModel, options: ProgramSetting['options']): (() => Promise<LoadedModel>) =>
  () => {
    const { model: small, constants } = splitConstants(model);
    return runtime.load({
      bytes: encodeModel(small),
      options,
      inputs: model.inputs,
      constants,
      outputs: model.outputs.map((output) => output.name),
    });
  };

const explained = async <T>(work: Promise<T>, error: (cause: unknown) => Error): Promise<T> => {
  try {
    return await work;
  } catch (cause) {
    throw cause instanceof MappingNetworksError ? cause : error(cause);
  }
};

const named = (outputs: readonly OnnxOutput[], results: readonly unknown[]): NamedArrays =>
  Object.fromEntries(
    outputs.map(({ result, shape }, i): [string, ArrayTensor] => {
      const data = results[i];
      return [result, data instanceof Int32Array ? int32(data, shape) : float32(data as Float32Array, shape)];
    }),
  );
