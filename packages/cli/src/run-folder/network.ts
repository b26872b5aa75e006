// The network of a run folder: the bundle (config.json, latent.safetensors), which is all that using it needs. Loading
// one checks shapes, versions and the fingerprint.
import type { Model, Registry } from '@mapping-networks/core';
import { loadBundle, saveBundle } from '@mapping-networks/core/node';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { resumeCommand } from '../command-line.ts';
import { noRun, severalRuns, unfinished, unknownPlugin } from '../errors.ts';
import { EXPORT } from '../export/read-export.ts';
import { RECORD, RUN } from './files.ts';
import { readSeedsFile } from './seeds-file.ts';

/** Writes the network of a run that was cut short. A record that stood there was of another one. */
export const saveUnfinished = async (folder: string, model: Model): Promise<void> => {
  await rm(join(folder, RECORD), { force: true });
  await saveBundle(folder, model);
};

/** Where `mapnet export --to latent` puts the bundle. */
const LATENT = 'latent';

/** What a folder without a network is. */
const noNetwork = async (folder: string, path: string): Promise<Error> => {
  const seeds = await readSeedsFile(folder);
  if (seeds) return severalRuns(path, seeds.folders[0] ?? '');
  if (existsSync(join(folder, RUN))) return unfinished(path, resumeCommand(path));
  const exported = existsSync(join(folder, EXPORT)) && existsSync(join(folder, LATENT, 'config.json'));
  return exported ? noRun(path, join(path, LATENT)) : noRun(path);
};

/**
 * The model of a run folder; `path` is what messages call it.
 *
 * @throws CLI_NO_RUN, CLI_UNFINISHED, CLI_SEVERAL_RUNS, CLI_UNKNOWN_PLUGIN and what loading a bundle throws
 */
export const readModel = async (folder: string, path: string, registry: Registry): Promise<Model> => {
  if (!existsSync(join(folder, 'config.json'))) throw await noNetwork(folder, path);
  return loadBundle(folder, registry).catch((cause: unknown) => {
    const unknown = cause instanceof Error && 'code' in cause && cause.code === 'CORE_UNKNOWN_NAME';
    throw unknown ? unknownPlugin(path, cause) : cause;
  });
};
