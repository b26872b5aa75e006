// A network that was trained, with what it takes to look at it again: the parts of its run, its dataset, and an engine
// that loads here.
import { resolve as resolvePart, type Model, type Registry } from '@mapping-networks/core';
import {
  evaluationEngine,
  pipelineFrom,
  type EvaluationEngine,
  type Pipeline,
  type RunRecord,
} from 'mapping-networks';
import { resolve } from 'node:path';
import { withParts } from './config/recorded-parts.ts';
import { openWorkspace } from './config/workspace.ts';
import { exportedDataset } from './export/exported-dataset.ts';
import { noCheckpoint, noDataset } from './errors.ts';
import { pageWidth, type Output } from './output.ts';
import { readCheckpointModel, type CheckpointModel } from './run-folder/checkpoint-model.ts';
import { readModel } from './run-folder/network.ts';
import { recordedConfig } from './run-folder/recorded-config.ts';
import { sayWarning } from './say-warning.ts';
import { configLines } from './spec-text.ts';
import { details, say, words, type OutputOptions, type Terminal } from './terminal.ts';
import { asUsage } from './usage-error.ts';

export interface TrainedRunOptions extends OutputOptions {
  readonly dataset?: string | undefined;
  readonly checkpoint?: 'latest' | 'best' | undefined;
  readonly engine?: string | undefined;
  readonly config?: string | undefined;
}

export interface TrainedRun {
  readonly model: Model;
  /** Of the checkpoint, where it is one. */
  readonly step?: number;
  readonly pipeline: Pipeline;
  readonly registry: Registry;
}

type Recorded = Readonly<Record<string, unknown>> | undefined;

/** The network of the run, or of a checkpoint, whose parts the recorded config names. */
const subjectOf = async (
  run: string,
  folder: string,
  { checkpoint }: TrainedRunOptions,
  recorded: Recorded,
  registry: Registry,
): Promise<Pick<CheckpointModel, 'model'> & Partial<CheckpointModel>> => {
  if (checkpoint === undefined) return { model: await readModel(folder, run, registry) };
  if (recorded === undefined) throw noCheckpoint(run, checkpoint);
  const { parts } = await asUsage(() => pipelineFrom(recorded, registry));
  return readCheckpointModel(folder, run, checkpoint, parts);
};

/** The engine that is named, else that of the run, or what takes its place here; none: the default one. */
const engineOf = (
  named: string | undefined,
  recorded: Recorded,
  registry: Registry,
): Partial<EvaluationEngine> => {
  if (named !== undefined) return { engine: resolvePart(registry, 'engine', named) };
  const trained = recorded?.['engine'];
  return trained === undefined ? {} : evaluationEngine(resolvePart(registry, 'engine', trained));
};

/** What --verbose says first. */
const sayParts = ({ target, parameterization, dataset, engine }: RunRecord, output: Output): void => {
  const parts = { target, parameterization, dataset, engine };
  for (const line of configLines(parts, pageWidth(output))) say(output, line);
};

/**
 * Opens a run folder, or a bundle that travels alone.
 *
 * @throws CLI_NO_DATASET, CLI_NO_CHECKPOINT and what loading a bundle throws
 */
export const openTrainedRun = async (
  run: string,
  options: TrainedRunOptions,
  terminal: Terminal,
): Promise<TrainedRun> => {
  const { file, registry } = await openWorkspace(terminal, options.config);
  const folder = resolve(terminal.folder, run);
  const needed = options.dataset === undefined || options.checkpoint !== undefined;
  const found = needed ? await recordedConfig(folder) : undefined;
  const recorded = found && withParts(found, file?.config);
  const { model, step } = await subjectOf(run, folder, options, recorded, registry);
  const { target, parameterization } = model;
  const known = recorded?.['dataset'] ?? (needed ? await exportedDataset(folder) : undefined);
  // A bundle that travels alone knows the name of its dataset, not its options.
  const dataset = options.dataset ?? known ?? model.data?.name;
  const { pipeline, warning } = await asUsage(() => {
    if (dataset === undefined) throw noDataset(run);
    const others = options.dataset === undefined ? recorded : {};
    const { warning, ...engine } = engineOf(options.engine, others, registry);
    const pipeline = pipelineFrom({ ...others, target, parameterization, dataset, ...engine }, registry);
    return { pipeline, warning: warning ?? pipeline.warnings[0] };
  });
  const text = words(terminal, options);
  sayWarning(text, warning);
  if (options.dataset === undefined && known === undefined)
    say(
      text,
      `no record.json and no run.json in ${run}: ${pipeline.record.dataset.use} with its default options`,
    );
  sayParts(pipeline.record, details(terminal, options));
  return { model, ...(step !== undefined && { step }), pipeline, registry };
};
