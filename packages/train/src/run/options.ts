// What a run is made of, checked: parts must be parts, numbers must be in range, and every default is written out.
import { isPart, type DatasetSplits, type Kind, type Part } from '@mapping-networks/core';
import { z } from 'zod';
import { invalidOption, invalidPart } from '../errors.ts';
import { defaultMetrics } from '../metrics/default-metrics.ts';
import { adam } from '../optimizers/adam.ts';
import { cosine } from '../schedules/cosine.ts';

/** The numbers of a run. */
export interface TrainSettings {
  /** Passes over the train split, at least 1. Default 4. */
  readonly epochs: number;
  /** Examples in one step, at least 1. Default 128. What is left of an epoch after its last full batch is left out. */
  readonly batchSize: number;
  /** Peak learning rate, above 0. Default: what the parameterization declares. */
  readonly learningRate: number;
  /** Seed of the first trainables, the order of examples, noise, masks and augmentation. Default 0. */
  readonly seed: number;
  /** Scores validation after every n-th epoch; 0: only at the end. Default 1. */
  readonly validateEvery: number;
  /** Examples in one forward pass of an evaluation; changes memory and speed only. Default 256. */
  readonly evaluationBatchSize: number;
  /** Scores at most this many examples of the train split at the end. Default: all. */
  readonly trainScoreLimit: number;
}

/** The parts of a run. */
export interface TrainParts {
  readonly target: Part<'target'>;
  readonly parameterization: Part<'parameterization'>;
  readonly loss: Part<'loss'>;
  readonly dataset: Part<'dataset'>;
  readonly engine: Part<'engine'>;
  /** Default `adam()`. */
  readonly optimizer: Part<'optimizer'>;
  /** Default `cosine()`. */
  readonly schedule: Part<'schedule'>;
  /** Default: accuracy for classification, mean absolute error for regression. The first one makes the gap. */
  readonly metrics: readonly Part<'metric'>[];
  /** Told of every event, in this order. */
  readonly callbacks: readonly Part<'callback'>[];
}

type Optional = 'optimizer' | 'schedule' | 'metrics' | 'callbacks';

export interface TrainOptions
  extends Omit<TrainParts, Optional>, Partial<Pick<TrainParts, Optional>>, Partial<TrainSettings> {
  /** Ends the run after the step that is being done. */
  readonly signal?: AbortSignal;
  /** The splits of `dataset`, when they are loaded already. */
  readonly splits?: DatasetSplits;
}

const settings = z.object({
  epochs: z.int().min(1).default(4),
  batchSize: z.int().min(1).default(128),
  learningRate: z.number().gt(0),
  seed: z.int().min(0).default(0),
  validateEvery: z.int().min(0).default(1),
  evaluationBatchSize: z.int().min(1).default(256),
  trainScoreLimit: z.number().min(0).default(Number.POSITIVE_INFINITY),
});

/** @throws TRAIN_INVALID_OPTION */
export const resolveSettings = (options: TrainOptions): TrainSettings => {
  const learningRate = options.learningRate ?? options.parameterization.impl.learningRate;
  const result = settings.safeParse({ ...options, learningRate });
  if (result.success) return Object.freeze(result.data);
  const { path = [], message = 'invalid' } = result.error.issues[0] ?? {};
  throw invalidOption(path.map(String).join('.'), message, Reflect.get(options, path[0] ?? ''));
};

/** @throws TRAIN_INVALID_PART */
export const resolveParts = (options: TrainOptions): TrainParts => {
  const {
    target,
    parameterization,
    loss,
    dataset,
    engine,
    optimizer = adam(),
    schedule = cosine(),
  } = options;
  const single = { target, parameterization, loss, dataset, engine, optimizer, schedule };
  for (const [kind, part] of Object.entries(single)) checkPart(kind, kind as keyof typeof single, part);
  const { metrics = defaultMetrics(dataset.impl.info.task), callbacks = [] } = options;
  for (const metric of metrics) checkPart('metrics', 'metric', metric);
  for (const callback of callbacks) checkPart('callbacks', 'callback', callback);
  return Object.freeze({ ...single, metrics: [...metrics], callbacks: [...callbacks] });
};

const checkPart = (option: string, kind: Kind, value: unknown): void => {
  if (!isPart(value, kind)) throw invalidPart(option, kind);
};
