// A run, put together: from a config to parts, and from parts to a trained network. Each function below is a few lines
// over the packages it calls; whoever needs something between may call those.
import {
  requireArgument,
  type AnyPlugin,
  type DatasetSplits,
  type LoadContext,
  type LossWarning,
  type Model,
  type Registry,
  type Scores,
  type TrainEvent,
} from '@mapping-networks/core';
import {
  callback,
  evaluate,
  train,
  type Checkpoint,
  type CheckpointStore,
  type TrainResult,
} from '@mapping-networks/train';
import type { ConfigWith } from './config.ts';
import { registryOf } from './registry.ts';
import { resolveConfig, type ResolvedConfig } from './resolve-config.ts';

/** Who watches a run of `Pipeline.train`, how it is ended early, and how it is taken up again. */
export interface PipelineTrainOptions {
  /** Told of every event in order; a promise is awaited, `'stop'` ends training after this step. */
  readonly onEvent?: (event: TrainEvent) => 'stop' | void | Promise<'stop' | void>;
  /** Ends the run after the step that is being done. */
  readonly signal?: AbortSignal;
  /** Where checkpoints go, such as a folder that `openCheckpoints` of `mapping-networks/node` opened. */
  readonly checkpoints?: CheckpointStore;
  /** Goes on from this checkpoint of the same config. */
  readonly resume?: Checkpoint;
}

/** A run that is ready: parts, settings, their record, and what can be done with them. */
export interface Pipeline extends ResolvedConfig {
  /** The splits of the dataset; loaded once. */
  load(context?: LoadContext): Promise<DatasetSplits>;
  /** Trains, and scores the result on every split. */
  train(options?: PipelineTrainOptions): Promise<TrainResult>;
  /** Scores a model, such as a loaded one, on a split of this dataset. */
  evaluate(model: Model, split?: 'train' | 'validation' | 'test'): Promise<Scores>;
}

const said = new Set<string>();

/** Where nobody listens, once a process. */
const sayOnce = (warnings: readonly LossWarning[]): void => {
  for (const { message } of warnings) {
    if (!said.has(message)) console.warn(`mapping-networks: ${message}`);
    said.add(message);
  }
};

const pipelineOf = (resolved: ResolvedConfig): Pipeline => {
  const { parts, settings, warnings } = resolved;
  const { dataset, loss, engine, metrics } = parts;
  let loading: Promise<DatasetSplits> | undefined;
  const load = (context: LoadContext = {}): Promise<DatasetSplits> => {
    loading ??= dataset.impl.load(context).catch((cause: unknown) => {
      loading = undefined;
      throw cause;
    });
    return loading;
  };
  return Object.freeze({
    ...resolved,
    load,
    train: async ({ onEvent, signal, checkpoints, resume }: PipelineTrainOptions = {}) => {
      const abort = signal === undefined ? {} : { signal };
      const kept = { ...(checkpoints && { checkpoints }), ...(resume && { resume }) };
      if (onEvent === undefined && parts.callbacks.length === 0) sayOnce(warnings);
      const listener = onEvent === undefined ? [] : [callback({ name: 'onEvent', on: onEvent })];
      const callbacks = [...parts.callbacks, ...listener];
      const splits = await load(abort);
      return train({ ...parts, ...settings, ...abort, ...kept, callbacks, splits, warnings });
    },
    evaluate: async (model: Model, split: 'train' | 'validation' | 'test' = 'test') =>
      evaluate({
        model,
        split: (await load())[split],
        splitName: split,
        loss,
        engine,
        metrics,
        batchSize: settings.evaluationBatchSize,
      }),
  });
};

/**
 * A run from a config: names become parts, everything left out gets its default, all of it is recorded.
 *
 * @throws CONFIG_NOT_A_CONFIG, CONFIG_MISSING_KEY, CONFIG_UNKNOWN_KEY and the like; CORE_UNKNOWN_NAME, CORE_INVALID_OPTIONS
 * @example
 * ```ts
 * import { pipeline } from 'mapping-networks';
 * const dataset = { use: 'glyphs', train: 1280, validation: 256, test: 256 } as const;
 * const run = pipeline({ target: 'mlp', dataset, latentDim: 512, epochs: 1 });
 * console.log(run.record.optimizer.use, run.settings.learningRate); // adamW 0.15
 * const { model, test } = await run.train();
 * console.log(test); // { loss: …, accuracy: … }
 * console.log(await run.evaluate(model, 'validation')); // { loss: …, accuracy: … }
 * ```
 */
export const pipeline = <const More extends AnyPlugin = never>(config: ConfigWith<More>): Pipeline =>
  pipelineOf(resolveConfig(config, registryOf(config?.plugins)));

/**
 * The same for a config of unknown origin: a parsed JSON file, the record of another run.
 *
 * @throws what `pipeline` throws, and CORE_INVALID_ARGUMENT
 * @example
 * ```ts
 * import { pipeline, pipelineFrom } from 'mapping-networks';
 * const { record } = pipeline({ target: 'mlp', dataset: 'glyphs', latentDim: 64 });
 * console.log(pipelineFrom(JSON.parse(JSON.stringify(record))).settings.epochs); // 4
 * ```
 */
export const pipelineFrom = (config: unknown, registry: Registry = registryOf(undefined)): Pipeline => {
  const known = 'a registry, such as registry()';
  requireArgument(typeof registry?.get === 'function', 'pipelineFrom', 'registry', known, registry);
  return pipelineOf(resolveConfig(config, registry));
};
