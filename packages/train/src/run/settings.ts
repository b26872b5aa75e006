// The numbers of a run, checked, with every default written out.
import { z } from 'zod';
import { invalidOption } from '../errors.ts';

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
  /** Scores at most this many examples of the train split at the end. Default `all`. */
  readonly trainScoreLimit: number | 'all';
}

const schema = z.object({
  epochs: z.int().min(1).default(4),
  batchSize: z.int().min(1).default(128),
  learningRate: z.number().gt(0),
  seed: z.int().min(0).default(0),
  validateEvery: z.int().min(0).default(1),
  evaluationBatchSize: z.int().min(1).default(256),
  trainScoreLimit: z.union([z.literal('all'), z.int().min(0)]).default('all'),
});

/** The names of the settings, such as `epochs`. */
export const settingNames: readonly string[] = Object.keys(schema.shape);

/**
 * The settings among `options`, checked, with defaults; `learningRate` is the one to use when they name none.
 *
 * @throws TRAIN_INVALID_OPTION
 * @example
 * ```ts
 * import { resolveSettings } from '@mapping-networks/train';
 * console.log(resolveSettings({ epochs: 2 }, 0.15).batchSize); // 128
 * ```
 */
export const resolveSettings = (options: object, learningRate: number): TrainSettings => {
  const given = { ...options };
  const chosen = 'learningRate' in given ? given.learningRate : undefined;
  const result = schema.safeParse({ ...given, learningRate: chosen ?? learningRate });
  if (result.success) return Object.freeze(result.data);
  const { path = [], message = 'not valid' } = result.error.issues[0] ?? {};
  throw invalidOption(path.map(String).join('.'), message, Reflect.get(given, path[0] ?? ''));
};
