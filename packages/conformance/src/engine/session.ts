// Sessions and steps that are closed whatever happens.
import type { CompiledStep, EngineSession, Part } from '@mapping-networks/core';
import { signature, step } from './sample-step.ts';

/** Opens the engine for one law and closes it whatever happens. */
export const withSession = async (
  { impl }: Part<'engine'>,
  use: (session: EngineSession) => Promise<void>,
): Promise<void> => {
  const session = await impl.open();
  try {
    await use(session);
  } finally {
    session.dispose();
  }
};

export const withStep = (
  part: Part<'engine'>,
  use: (compiled: CompiledStep) => Promise<void>,
): Promise<void> =>
  withSession(part, async (session) => {
    const compiled = session.compile(step, signature);
    try {
      await use(compiled);
    } finally {
      compiled.dispose();
    }
  });
