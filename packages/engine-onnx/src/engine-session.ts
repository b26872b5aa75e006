// The engine at work: compiles steps, keeps them by signature, and frees them with itself.
import {
  checkSignature,
  type CompiledStep,
  type EngineSession,
  type Step,
  type StepSignature,
} from '@mapping-networks/core';
import { compileToOnnx } from '@mapping-networks/graph';
import type { InferenceSession } from 'onnxruntime-common';
import { disposed } from './errors.ts';
import type { DumpModel } from './dump-model.ts';
import { createProgram, type Program } from './program.ts';
import type { Runtime } from './runtime/runtime.ts';
import { createStepCache } from './step-cache.ts';

export interface SessionSetting {
  readonly description: string;
  readonly threads: number;
  readonly runtime: Runtime;
  readonly options: InferenceSession.SessionOptions;
  /** See `channel-block.ts`. */
  readonly channelBlock: number;
  readonly dump: DumpModel;
}

export const openSession = ({
  description,
  threads,
  runtime,
  options,
  channelBlock,
  dump,
}: SessionSetting): EngineSession => {
  const cache = createStepCache<Program>();
  const steps = new Set<CompiledStep>();
  const releasing = new Set<Promise<unknown>>();
  let live = true;
  const release = (program: Program): void => {
    const released: Promise<unknown> = program
      .release()
      .catch(() => {})
      .then(() => releasing.delete(released));
    releasing.add(released);
  };
  const make = (step: Step, signature: StepSignature): Program => {
    const model = compileToOnnx(step, signature, { channelBlock });
    return createProgram(runtime, model, {
      name: dump(signature.name, model),
      specs: signature.inputs,
      options,
    });
  };
  return {
    description,
    threads,
    compile: (step, signature) => {
      if (!live) throw disposed('session');
      checkSignature(signature);
      const { value: program, release: leave } = cache.take(step, signature, () => make(step, signature));
      const compiled = compiledStep(program, () => {
        steps.delete(compiled);
        if (leave()) release(program);
      });
      steps.add(compiled);
      return compiled;
    },
    dispose: () => {
      if (!live) return;
      live = false;
      for (const step of steps) step.dispose();
      void Promise.all(releasing).then(() => runtime.close());
    },
  };
};

const compiledStep = (program: Program, onDispose: () => void): CompiledStep => {
  let live = true;
  return {
    run: async (inputs) => {
      if (!live) throw disposed('step');
      return program.run(inputs);
    },
    dispose: () => {
      if (!live) return;
      live = false;
      onDispose();
    },
  };
};
