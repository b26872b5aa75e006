// The shape of a kernel in this folder: TensorFlow.js hands every kernel its inputs by name, the backend, and
// the attributes untyped; `wasmKernel` states once what each kernel expects of them.
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';

/** Arguments of a kernel whose inputs are named `I` and whose attributes are `A`. */
export interface KernelArguments<I extends string, A> {
  readonly inputs: Readonly<Record<I, TensorInfo>>;
  readonly attrs: A;
  readonly backend: BackendWasm;
}

/** A kernel for the `wasm` backend under the name by which TensorFlow.js calls it. */
export function wasmKernel<I extends string, A>(
  kernelName: string,
  compute: (args: KernelArguments<I, A>) => TensorInfo,
): KernelConfig {
  // The registry types inputs, attributes and backend as unrelated open records; the engine that calls back
  // guarantees them by kernel name.
  const kernelFunc = (args: object): TensorInfo => compute(args as KernelArguments<I, A>);
  return { kernelName, backendName: 'wasm', kernelFunc };
}

/** Makes a kernel that handles some cases itself and leaves the others to the one registered before it. */
export interface SpecialCase {
  readonly kernelName: string;
  over(general: KernelConfig): KernelConfig;
}

/**
 * A faster way for some inputs of an existing kernel: `compute` answers `undefined` for those that it leaves
 * to the general kernel, whose setup and disposal stay in place.
 */
export function wasmSpecialCase<I extends string, A>(
  kernelName: string,
  compute: (args: KernelArguments<I, A>) => TensorInfo | undefined,
): SpecialCase {
  return {
    kernelName,
    over: (general) => ({
      ...general,
      kernelFunc: (args) => compute(args as object as KernelArguments<I, A>) ?? general.kernelFunc(args),
    }),
  };
}
