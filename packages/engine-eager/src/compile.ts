// An eager "compiled" step: the constants are uploaded, every run calls the step anew under a tidy.
import * as tf from '@tensorflow/tfjs-core';
import {
  checkInputs,
  checkSignature,
  type CompiledStep,
  type NamedTensors,
  type Step,
  type StepSignature,
} from '@mapping-networks/core';
import { activate } from './backend.ts';
import { disposed, missingKernel } from './errors.ts';
import { readBack } from './read-back.ts';
import { upload, type Uploads } from './uploads.ts';

export const compileEager = (
  backend: string,
  uploads: Uploads,
  step: Step,
  { frozen, inputs: specs }: StepSignature,
): CompiledStep => {
  checkSignature({ frozen, inputs: specs });
  activate(backend);
  const constants = Object.fromEntries(
    Object.entries(frozen).map(([name, array]) => [name, uploads.take(array)]),
  );
  const held = new Set<tf.Tensor>(Object.values(constants));
  let live = true;
  return {
    run: async (inputs) => {
      if (!live) throw disposed('step');
      checkInputs(specs, inputs);
      activate(backend);
      const outputs = tf.tidy((): NamedTensors => {
        const fed = Object.fromEntries(Object.entries(inputs).map(([name, array]) => [name, upload(array)]));
        return explained(backend, () => step({ ...constants, ...fed }));
      });
      try {
        return await readBack(outputs);
      } finally {
        for (const tensor of Object.values(outputs)) if (!held.has(tensor)) tensor.dispose();
      }
    },
    dispose: () => {
      if (!live) return;
      live = false;
      for (const tensor of Object.values(constants)) uploads.release(tensor);
    },
  };
};

const KERNEL = /Kernel '(\w+)' not registered for backend/;

const explained = <T>(backend: string, run: () => T): T => {
  try {
    return run();
  } catch (cause) {
    const kernel = cause instanceof Error ? KERNEL.exec(cause.message)?.[1] : undefined;
    throw kernel === undefined ? cause : missingKernel(backend, kernel, cause);
  }
};
