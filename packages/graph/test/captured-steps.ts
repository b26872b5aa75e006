// The steps that training compiles, with what they were fed and what the cpu engine made of it.
import type { EngineSession, NamedArrays, Part, Step, StepSignature } from '@mapping-networks/core';
import { cpu } from '@mapping-networks/engine-eager';
import { train, type TrainOptions } from '@mapping-networks/train';

export interface CapturedStep {
  readonly step: Step;
  readonly signature: StepSignature;
  readonly runs: { readonly inputs: NamedArrays; readonly outputs: NamedArrays }[];
}

/** Compiles without training: the training step alone, for networks that are slow on the cpu. */
export const trainingStep = async (options: Omit<TrainOptions, 'engine'>): Promise<CapturedStep> => {
  const steps: CapturedStep[] = [];
  const enough = new Error('compiled');
  const session: EngineSession = {
    description: 'compiles only',
    compile: (step, signature) => {
      steps.push({ step, signature, runs: [] });
      return { run: () => Promise.reject(enough), dispose: () => {} };
    },
    dispose: () => {},
  };
  const engine: Part<'engine'> = { ...cpu(), impl: { open: () => Promise.resolve(session) } };
  await train({ ...options, engine }).catch((cause: unknown) => {
    if (cause !== enough) throw cause;
  });
  const [first] = steps;
  if (first === undefined) throw new Error('no step was compiled');
  return first;
};

/** Trains on the cpu, or on `inner`. The first step is the training step; those after it evaluate. */
export const capturedSteps = async (
  options: Omit<TrainOptions, 'engine'>,
  inner: Part<'engine'> = cpu(),
): Promise<CapturedStep[]> => {
  const steps: CapturedStep[] = [];
  const open = async (): Promise<EngineSession> => {
    const session = await inner.impl.open();
    return {
      ...session,
      compile: (step, signature) => {
        const captured: CapturedStep = { step, signature, runs: [] };
        steps.push(captured);
        const compiled = session.compile(step, signature);
        return {
          ...compiled,
          run: async (inputs) => {
            const outputs = await compiled.run(inputs);
            captured.runs.push({ inputs, outputs });
            return outputs;
          },
        };
      },
    };
  };
  const engine: Part<'engine'> = { ...inner, impl: { open } };
  await train({ ...options, engine });
  return steps;
};
