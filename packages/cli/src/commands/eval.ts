// `mapnet eval`: a run, measured again.
import { resolve as resolvePart, type Registry } from '@mapping-networks/core';
import { evaluationEngine, pipelineFrom, type EvaluationEngine, type RunRecord } from 'mapping-networks';
import { resolve } from 'node:path';
import { withParts } from '../config/recorded-parts.ts';
import { openWorkspace } from '../config/workspace.ts';
import { noCheckpoint, noDataset } from '../errors.ts';
import { count, scores } from '../format.ts';
import { pageWidth, type Output } from '../output.ts';
import { requireExamples } from '../require-examples.ts';
import { readCheckpointModel, type CheckpointModel } from '../run-folder/checkpoint-model.ts';
import { readModel } from '../run-folder/network.ts';
import { recordedConfig } from '../run-folder/recorded-config.ts';
import { sayWarning } from '../say-warning.ts';
import { configLines } from '../spec-text.ts';
import { details, say, words, type OutputOptions, type Terminal } from '../terminal.ts';
import { timed } from '../timed.ts';
import { asUsage } from '../usage-error.ts';

export interface EvalOptions extends OutputOptions {
  readonly dataset?: string | undefined;
  readonly split: 'train' | 'validation' | 'test';
  readonly checkpoint?: 'latest' | 'best' | undefined;
  readonly engine?: string | undefined;
  readonly config?: string | undefined;
}

type Recorded = Readonly<Record<string, unknown>> | undefined;

/** The network of the run, or of a checkpoint, whose parts the recorded config names. */
const subjectOf = async (
  run: string,
  folder: string,
  { checkpoint }: EvalOptions,
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

/** What --verbose says before the scores. */
const sayParts = ({ target, parameterization, dataset, engine }: RunRecord, output: Output): void => {
  const parts = { target, parameterization, dataset, engine };
  for (const line of configLines(parts, pageWidth(output))) say(output, line);
};

/** @throws CLI_NO_DATASET, CLI_NO_CHECKPOINT, CLI_EMPTY_SPLIT and what loading a bundle or a dataset throws */
export const evaluateRun = async (run: string, options: EvalOptions, terminal: Terminal): Promise<void> => {
  const { file, registry } = await openWorkspace(terminal, options.config);
  const folder = resolve(terminal.folder, run);
  const needed = options.dataset === undefined || options.checkpoint !== undefined;
  const found = needed ? await recordedConfig(folder) : undefined;
  const recorded = found && withParts(found, file?.config);
  const { model, step } = await subjectOf(run, folder, options, recorded, registry);
  const { target, parameterization } = model;
  // A bundle that travels alone knows the name of its dataset, not its options.
  const dataset = options.dataset ?? recorded?.['dataset'] ?? model.data?.name;
  const { pipeline, warning } = await asUsage(() => {
    if (dataset === undefined) throw noDataset(run);
    const others = options.dataset === undefined ? recorded : {};
    const { warning, ...engine } = engineOf(options.engine, others, registry);
    const pipeline = pipelineFrom({ ...others, target, parameterization, dataset, ...engine }, registry);
    return { pipeline, warning: warning ?? pipeline.warnings[0] };
  });
  const text = words(terminal, options);
  sayWarning(text, warning);
  const { use } = pipeline.record.dataset;
  if (options.dataset === undefined && recorded === undefined)
    say(text, `no record.json and no run.json in ${run}: ${use} with its default options`);
  const more = details(terminal, options);
  sayParts(pipeline.record, more);
  const load = () => pipeline.load({ onProgress: (line) => say(text, line) });
  const data = await timed(more, 'loading data', load);
  await asUsage(() => requireExamples(data, options.split));
  const measured = await timed(more, 'scoring', () => pipeline.evaluate(model, options.split));
  const { size } = data[options.split];
  if (options.json) {
    const at = step === undefined ? {} : { checkpoint: options.checkpoint, step };
    const answer = { run, ...at, dataset: use, split: options.split, examples: size, scores: measured };
    say(terminal.stdout, JSON.stringify(answer));
  } else {
    const of = step === undefined ? '' : `, checkpoint of step ${count(step)}`;
    const where = `${data.info.title}, ${options.split} split (${count(size)} examples)${of}`;
    say(terminal.stdout, `${where}: ${scores(measured)}`);
  }
};
