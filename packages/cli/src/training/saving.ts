// Every write to a run folder while it is trained on goes through here, so that a failure of any of them says the same:
// what could not be written, what is safe, and how to go on.
import { MappingNetworksError } from '@mapping-networks/core';
import { existsSync } from 'node:fs';
import { cannotSave, folderGone } from '../errors.ts';
import type { RunSetting } from './setting.ts';

export interface Saving {
  /** Does a write. @throws CLI_CANNOT_SAVE, CLI_FOLDER_GONE */
  write<T>(work: () => Promise<T>): Promise<T>;
  /** To be told of each checkpoint that is durable. */
  saved(step: number): void;
  /** The step of the last of them. */
  lastSaved(): number | undefined;
}

/** What the system said, under the words that libraries have put around it. */
const root = (cause: unknown): unknown =>
  cause instanceof Error && cause.cause instanceof Error ? root(cause.cause) : cause;

type Place = Pick<RunSetting, 'folder' | 'path' | 'resume'>;

export const saving = ({ folder, path, resume }: Place, from?: number): Saving => {
  let last = from;
  const kept = (): string =>
    last === undefined ? 'There is no checkpoint yet.' : `The checkpoint of step ${last} is whole.`;
  return {
    write: async (work) => {
      try {
        return await work();
      } catch (cause) {
        const reason = root(cause);
        throw existsSync(folder)
          ? cannotSave(path, reason, kept(), resume)
          : folderGone(path, reason, resume);
      }
    },
    saved: (step) => {
      last = step;
    },
    lastSaved: () => last,
  };
};

const isSaving = (error: unknown): boolean =>
  error instanceof MappingNetworksError && ['CLI_CANNOT_SAVE', 'CLI_FOLDER_GONE'].includes(error.code);

/** The failed write behind an error, which the trainer may have wrapped as that of a callback; else the error. */
export const failedWrite = (error: unknown): unknown => {
  for (let at = error; at instanceof Error; at = at.cause) if (isSaving(at)) return at;
  return error;
};
