// What a run folder holds for a report: its plan or record, its log, and the state it came to. A run that is not done is
// read from its newest checkpoint; one that has none is still shown, with what its log says.
import type { EpochRecord, Model, Registry } from '@mapping-networks/core';
import { MappingNetworksError } from '@mapping-networks/core';
import { pipelineFrom, type Pipeline } from 'mapping-networks';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { withParts } from '../config/recorded-parts.ts';
import { noRun, noDataset, unknownPlugin } from '../errors.ts';
import { readCheckpointModel } from '../run-folder/checkpoint-model.ts';
import { BUNDLE, RUN } from '../run-folder/files.ts';
import { readModel } from '../run-folder/network.ts';
import { readRecord, type RunRecordFile } from '../run-folder/record-file.ts';
import { readRunFile, type RunFile } from '../run-folder/run-file.ts';
import type { LogLine } from '../run-log/log-line.ts';
import { readRunLog } from '../run-log/read-log.ts';

/** Where a run is, and what the reader calls it. */
export interface RunPlace {
  readonly folder: string;
  readonly path: string;
}

/** How runs are read. */
export interface ReadSetting {
  readonly registry: Registry;
  /** Of a config file that holds parts as values: they take the place of equal recorded specs. */
  readonly file?: Readonly<Record<string, unknown>> | undefined;
}

/** The last good state of a run that is not done. */
export interface Standing {
  readonly step: number;
  readonly history: readonly EpochRecord[];
  readonly seconds: number;
}

/** A run as it was found. */
export interface RunSource extends RunPlace {
  readonly pipeline: Pipeline;
  /** Absent while the run is not done. */
  readonly record?: RunRecordFile;
  /** Absent in runs of the first release. */
  readonly plan?: RunFile;
  readonly log: readonly LogLine[];
  /** Absent for a run that never got as far as a checkpoint. */
  readonly model?: Model;
  readonly standing?: Standing;
  /** Of the stored network. */
  readonly bytes?: number;
  /** What could not be read, in words. */
  readonly problems: readonly string[];
}

const codeOf = (cause: unknown): string => (cause instanceof MappingNetworksError ? cause.code : '');

/** @throws CLI_NO_RUN */
export const checkRun = ({ folder, path }: RunPlace): void => {
  if (![...BUNDLE.slice(0, 1), RUN].some((name) => existsSync(join(folder, name)))) throw noRun(path);
};

const pipelineOf = (
  { path }: RunPlace,
  config: Readonly<Record<string, unknown>>,
  { registry, file }: ReadSetting,
): Pipeline => {
  try {
    return pipelineFrom(withParts(config, file), registry);
  } catch (cause) {
    throw codeOf(cause) === 'CORE_UNKNOWN_NAME' ? unknownPlugin(path, cause) : cause;
  }
};

/** The config of a network that travels alone: it knows its parts, and the name of its dataset. */
const configOfModel = ({ path }: RunPlace, { target, parameterization, data }: Model) => {
  if (data === undefined) throw noDataset(path);
  return { target, parameterization, dataset: data.name };
};

const bundleBytes = async (folder: string): Promise<number | undefined> => {
  const paths = BUNDLE.map((name) => join(folder, name));
  if (!paths.every((path) => existsSync(path))) return undefined;
  const sizes = await Promise.all(paths.map((path) => stat(path)));
  return sizes.reduce((sum, { size }) => sum + size, 0);
};

type Found = Pick<RunSource, 'model' | 'standing' | 'problems'>;

/** The network of a run that is not done: of its newest checkpoint, else what an interrupt has saved. */
const unfinished = async (place: RunPlace, { parts }: Pipeline, setting: ReadSetting): Promise<Found> => {
  const { folder, path } = place;
  try {
    const { model, ...standing } = await readCheckpointModel(folder, path, 'latest', parts);
    return { model: { ...model, data: parts.dataset.impl.info }, standing, problems: [] };
  } catch (cause) {
    if (!(cause instanceof MappingNetworksError)) throw cause;
    const problems = cause.code === 'CLI_NO_CHECKPOINT' ? [] : [cause.message];
    if (!existsSync(join(folder, 'config.json'))) return { problems };
    return { model: await readModel(folder, path, setting.registry), problems };
  }
};

/**
 * Reads a run folder. The fingerprint of its network is checked.
 *
 * @throws CLI_NO_RUN, CLI_UNKNOWN_PLUGIN, CLI_NO_DATASET, CLI_UNREADABLE_RECORD, CLI_UNREADABLE_RUN_FILE,
 * CLI_UNREADABLE_LOG, and what loading a bundle throws
 */
export const readRun = async (place: RunPlace, setting: ReadSetting): Promise<RunSource> => {
  checkRun(place);
  const { folder, path } = place;
  const [record, plan] = [await readRecord(folder), await readRunFile(folder)];
  const recorded = record?.result.config ?? plan?.config;
  const bundle = record || !recorded ? await readModel(folder, path, setting.registry) : undefined;
  const config = recorded ?? (bundle && configOfModel(place, bundle)) ?? {};
  const pipeline = pipelineOf(place, config, setting);
  const found: Found = bundle ? { model: bundle, problems: [] } : await unfinished(place, pipeline, setting);
  const bytes = await bundleBytes(folder);
  return {
    ...place,
    ...found,
    pipeline,
    ...(record && { record }),
    ...(plan && { plan }),
    ...(bytes !== undefined && { bytes }),
    log: await readRunLog(folder),
  };
};
