// What a command knows before it looks at a run: the config file of the folder, if any, and the plugins it brings.
import type { Registry } from '@mapping-networks/core';
import { registryOf } from 'mapping-networks';
import type { Terminal } from '../terminal.ts';
import { asUsage } from '../usage-error.ts';
import { readConfigFile, type ConfigFile } from './config-file.ts';

export interface Workspace {
  readonly file: ConfigFile | undefined;
  readonly registry: Registry;
}

/** @throws UsageError */
export const openWorkspace = async ({ folder }: Terminal, given: string | undefined): Promise<Workspace> =>
  asUsage(async () => {
    const file = await readConfigFile(folder, given);
    return { file, registry: registryOf(file?.config['plugins']) };
  });
