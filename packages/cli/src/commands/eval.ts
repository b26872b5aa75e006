// `mapnet eval`: a run, measured again.
import { pipelineFrom } from 'mapping-networks';
import { resolve } from 'node:path';
import { openWorkspace } from '../config/workspace.ts';
import { noDataset } from '../errors.ts';
import { count, scores } from '../format.ts';
import { readModel, readResult } from '../run-folder.ts';
import { say, words, type Terminal } from '../terminal.ts';
import { asUsage } from '../usage-error.ts';

export interface EvalOptions {
  readonly dataset?: string | undefined;
  readonly split: 'train' | 'validation' | 'test';
  readonly engine?: string | undefined;
  readonly config?: string | undefined;
  readonly json?: true | undefined;
}

/** @throws CLI_NO_DATASET and what loading a bundle or a dataset throws */
export const evaluateRun = async (run: string, options: EvalOptions, terminal: Terminal): Promise<void> => {
  const { registry } = await openWorkspace(terminal, options.config);
  const folder = resolve(terminal.folder, run);
  const model = await readModel(folder, run, registry);
  const recorded = options.dataset === undefined ? (await readResult(folder))?.config : undefined;
  // The bundle of a run that was cut short travels without a record: it knows the name of its dataset, not its options.
  const dataset = options.dataset ?? recorded?.['dataset'] ?? model.data?.name;
  const { target, parameterization } = model;
  const pipeline = await asUsage(() => {
    if (dataset === undefined) throw noDataset(run);
    const engine = options.engine === undefined ? {} : { engine: options.engine };
    return pipelineFrom({ ...recorded, target, parameterization, dataset, ...engine }, registry);
  });
  const text = words(terminal, options);
  if (options.dataset === undefined && recorded === undefined)
    say(text, `no record.json in ${run}: ${pipeline.record.dataset.use} with its default options`);
  const data = await pipeline.load({ onProgress: (line) => say(text, line) });
  const measured = await pipeline.evaluate(model, options.split);
  const { size } = data[options.split];
  if (options.json) {
    const { use } = pipeline.record.dataset;
    say(
      terminal.stdout,
      JSON.stringify({ run, dataset: use, split: options.split, examples: size, scores: measured }),
    );
  } else {
    say(text, `${data.info.title}, ${options.split} split (${count(size)} examples): ${scores(measured)}`);
  }
};
