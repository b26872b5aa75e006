// An engine that hands everything to another one and keeps what it was given: how tests see what a run feeds.
import type { EngineSession, NamedArrays, Part } from '@mapping-networks/core';

export interface Recording {
  readonly engine: Part<'engine'>;
  /** The inputs of every training step so far. */
  readonly steps: NamedArrays[];
}

export const recording = (inner: Part<'engine'>): Recording => {
  const steps: NamedArrays[] = [];
  const open = async (): Promise<EngineSession> => {
    const session = await inner.impl.open();
    return {
      ...session,
      compile: (step, signature) => {
        const compiled = session.compile(step, signature);
        const training = 'learningRate' in signature.inputs;
        return {
          ...compiled,
          run: (inputs) => {
            if (training) steps.push(inputs);
            return compiled.run(inputs);
          },
        };
      },
    };
  };
  return { engine: { ...inner, impl: { open } }, steps };
};
