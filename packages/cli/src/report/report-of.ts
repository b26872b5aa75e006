// The whole page of one run, gathered from its folder: nothing is trained, but the split is predicted anew, and the
// weights are generated as they are and as they were at the start.
import {
  resolve,
  type LoadContext,
  type LossWarning,
  type Part,
  type Registry,
} from '@mapping-networks/core';
import type { ReportData } from '@mapping-networks/report';
import { evaluationEngine, registryOf } from 'mapping-networks';
import { count } from '../format.ts';
import { requireExamples } from '../require-examples.ts';
import { environmentFacts, isUnfinished, progressText, runFacts, sizesOf } from './facts.ts';
import { layersOf } from './layers.ts';
import { stepPoints, stepsPerEpoch, trajectoryOf } from './log-points.ts';
import { predictionsOf, type ReportSplit } from './predictions.ts';
import { readRun, type RunSource } from './run-source.ts';

/** How a report is gathered. */
export interface ReportOptions extends Pick<LoadContext, 'onProgress'> {
  /** Where predictions are made; not an empty one. Default `test`. */
  readonly split?: ReportSplit;
  /** What the page calls the run. Default: the folder as it is given. */
  readonly path?: string;
  /** Name of the engine that predicts. Default: that of the run, or `wasm` where it is `onnx` and does not load. */
  readonly engine?: string;
  /** Where the names of plugins are looked up. Default: the built-in ones. */
  readonly registry?: Registry;
  /** A config whose parts are values, as of a config file: they take the place of equal recorded ones. */
  readonly config?: Readonly<Record<string, unknown>>;
}

const headOf = (source: RunSource): Pick<ReportData, 'title' | 'subtitle'> => {
  const { path, pipeline } = source;
  const { parts, settings } = pipeline;
  const { trainables, parameters } = sizesOf(source);
  const made =
    trainables === parameters
      ? `All ${count(parameters)} parameters trained one by one`
      : `${count(parameters)} parameters generated from ${count(trainables)} trained numbers`;
  return {
    title: `${parts.target.name} on ${parts.dataset.impl.info.title}`,
    subtitle: `${made} (${parts.parameterization.name}), seed ${settings.seed}. Run folder: ${path}`,
  };
};

const noticesOf = (source: RunSource): readonly string[] => {
  const { record, model, problems } = source;
  const state = isUnfinished(source)
    ? [
        `This run is ${progressText(source)}.${model ? '' : ' It has no checkpoint: there is no network to look at.'}`,
      ]
    : [];
  const alone =
    !record && !isUnfinished(source)
      ? [
          'This folder has no record of how its network was trained: the options of the dataset are taken to be the default ones.',
        ]
      : [];
  const warned = (record?.warnings ?? []).map(
    ({ message }) => `While it was trained: ${message.replace(/\.$/, '')}.`,
  );
  return [...state, ...alone, ...problems, ...warned];
};

/** What a report of a run that has been read needs besides. */
export interface LookSetting extends Pick<LoadContext, 'onProgress'> {
  readonly split: ReportSplit;
  /** Predicts instead of the engine that the run was trained with. */
  readonly engine?: Part<'engine'> | undefined;
  /** Told when that engine does not load and another one predicts. */
  readonly onWarning?: (warning: LossWarning) => void;
}

/** The data of the page of a run that has been read. @throws CLI_EMPTY_SPLIT */
export const reportOfRun = async (
  source: RunSource,
  { split, onProgress, onWarning, engine: named }: LookSetting,
): Promise<ReportData> => {
  const { pipeline, model, log, record, standing } = source;
  const splits = await pipeline.load({ ...(onProgress && { onProgress }) });
  requireExamples(splits, split);
  const perEpoch = stepsPerEpoch(log, Math.floor(splits.train.size / pipeline.settings.batchSize));
  const { engine, warning } = named ? { engine: named } : evaluationEngine(pipeline.parts.engine);
  if (model && warning) onWarning?.(warning);
  const predictions = model && (await predictionsOf(model, pipeline, split, engine));
  const trajectory = trajectoryOf(log);
  return {
    ...headOf(source),
    notices: noticesOf(source),
    facts: runFacts(source),
    steps: stepPoints(log, perEpoch),
    epochs: record?.history ?? standing?.history ?? [],
    ...(predictions && { predictions }),
    ...(model && { layers: layersOf(model, pipeline.settings.seed) }),
    ...(trajectory && { trajectory }),
    config: pipeline.record,
    environment: environmentFacts(source),
  };
};

/**
 * The data of the page of one run, for `renderReport`: from the network (its fingerprint is checked), the record, the
 * log, and predictions on a split of the dataset. Runs that are not done give what there is.
 *
 * @throws CLI_NO_RUN, CLI_UNKNOWN_PLUGIN, CLI_NO_DATASET, CLI_UNREADABLE_RECORD, CLI_UNREADABLE_RUN_FILE,
 * CLI_UNREADABLE_LOG, CLI_EMPTY_SPLIT, and what loading a bundle or a dataset throws
 * @example
 * ```ts no-run
 * import { reportOf } from '@mapping-networks/cli';
 * import { renderReport } from '@mapping-networks/report';
 * import { writeFileSync } from 'node:fs';
 * writeFileSync('report.html', renderReport(await reportOf('runs/first')));
 * ```
 */
export const reportOf = async (folder: string, options: ReportOptions = {}): Promise<ReportData> => {
  const { split = 'test', path = folder, registry = registryOf(undefined), config, onProgress } = options;
  const engine = options.engine === undefined ? undefined : resolve(registry, 'engine', options.engine);
  const source = await readRun({ folder, path }, { registry, file: config });
  const onWarning = ({ message }: LossWarning): void => onProgress?.(`warning: ${message}`);
  return reportOfRun(source, { split, engine, onWarning, ...(onProgress && { onProgress }) });
};
