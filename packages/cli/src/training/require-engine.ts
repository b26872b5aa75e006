// A run goes on with the engine that it began on: on another one it would end in other numbers.
import { engineMissing } from './errors.ts';
import type { RunSetting } from './setting.ts';

/** Opens the engine of a run that is to be resumed, before anything is touched. @throws CLI_ENGINE_MISSING */
export const requireEngine = async ({
  path,
  resume,
  pipeline: { parts },
}: Pick<RunSetting, 'path' | 'resume' | 'pipeline'>): Promise<void> => {
  const { name, impl } = parts.engine;
  const session = await impl.open().catch((cause: unknown) => {
    throw engineMissing(path, name, cause, resume);
  });
  session.dispose();
};
