// The config file of the folder: whether it can be read, and whether it says something that can be trained.
import type { Registry } from '@mapping-networks/core';
import { pipelineFrom, registryOf, type Pipeline } from 'mapping-networks';
import { readConfigFile } from '../config/config-file.ts';
import { missingFlags, trainConfig } from '../config/train-config.ts';
import { messageOf, remedyOf } from '../usage-error.ts';
import { ok, problem, type Finding } from './finding.ts';

/** What was found, and what the rest of the examination goes by. */
export interface ExaminedConfig {
  readonly finding: Finding;
  /** Of the config's plugins too, unless they cannot be had. */
  readonly registry: Registry;
  /** Undefined without a config, or with one that leaves something to the flags. */
  readonly run?: Pipeline;
}

export const examineConfig = async (folder: string, given: string | undefined): Promise<ExaminedConfig> => {
  let registry = registryOf(undefined);
  try {
    const file = await readConfigFile(folder, given);
    if (file === undefined) {
      return { finding: ok('config', 'no mapnet.config.* in this folder; mapnet init writes one'), registry };
    }
    const { path } = file;
    const config = trainConfig(file.config, {}, []);
    registry = registryOf(config['plugins']);
    const missing = missingFlags(config);
    if (missing.length > 0) {
      return {
        finding: ok('config', `${path} can be read; it leaves ${missing.join(', ')} to the command line`),
        registry,
      };
    }
    const run = pipelineFrom(config, registry);
    const { target, dataset, parameterization, engine } = run.record;
    const words = `${target.use} on ${dataset.use}, ${parameterization.use}, engine ${engine.use}`;
    return { finding: ok('config', `${path} can be trained: ${words}`), registry, run };
  } catch (cause) {
    const remedy = remedyOf(cause);
    const message = messageOf(cause);
    const fact = remedy === undefined ? message : message.replace(` ${remedy}`, '');
    return { finding: problem('config', fact, remedy), registry };
  }
};
