// The numbers of a run, checked, with every default written out.
import { check, type OptionIssue } from '@mapping-networks/core';
import { z } from 'zod';
import { requireOptions } from '../check-part.ts';
import { invalidSettings } from '../errors.ts';

/** The numbers of a run. */
export interface TrainSettings {
  /** Passes over the train split, 1 … 1,000,000. Default 4. */
  readonly epochs: number;
  /** Examples in one step, 1 … 1,000,000. Default 128. What is left of an epoch after its last full batch is left out. */
  readonly batchSize: number;
  /** Peak learning rate, above 0 and at most 1000. Default: what the parameterization declares. */
  readonly learningRate: number;
  /** Seed, 0 … 2⁵³ − 1, of the first trainables, the order of examples, noise, masks and augmentation. Default 0. */
  readonly seed: number;
  /** Scores validation after every n-th epoch; 0: only at the end. Default 1. */
  readonly validateEvery: number;
  /** Examples in one forward pass of an evaluation; changes memory and speed only. Default 256. */
  readonly evaluationBatchSize: number;
  /** Scores at most this many examples of the train split at the end. Default `all`. */
  readonly trainScoreLimit: number | 'all';
  /**
   * Steps between two checkpoints, besides the one at the end of every epoch; 0: only there. With `onNan: 'halve-lr'`
   * these are also the places that the run goes back to. Default 100.
   */
  readonly checkpointEvery: number;
  /**
   * What is done about a loss or a state that is not finite: end with an error, or go back to the last regular place
   * (see `checkpointEvery`) and go on with half the learning rate, at most ten times. Default `stop`.
   */
  readonly onNan: 'stop' | 'halve-lr';
  /**
   * Ends the run after this many epochs without a better score of the first metric on validation (of the loss, where
   * there is no metric). Needs `validateEvery` of at least 1. Default `none`.
   */
  readonly patience: number | 'none';
  /** Ends the run after this many seconds of training, those before it was resumed included. Default `none`. */
  readonly timeLimit: number | 'none';
  /** Whether the network of the best validated epoch is the result, instead of the last one. Default false. */
  readonly restoreBest: boolean;
}

/** Examples in one pass. */
export const batchSize: z.ZodInt = z.int().min(1).max(1_000_000);

const schema = z.object({
  epochs: z.int().min(1).max(1_000_000).default(4),
  batchSize: batchSize.default(128),
  // The parameterization's own stands in before this one could; it says that the rate may be left out.
  learningRate: z.number().gt(0).max(1000).default(0.15),
  seed: z.int().min(0).default(0),
  validateEvery: z.int().min(0).max(1_000_000).default(1),
  evaluationBatchSize: batchSize.default(256),
  trainScoreLimit: z.union([z.literal('all'), z.int().min(0).max(1e9)]).default('all'),
  checkpointEvery: z.int().min(0).max(1e9).default(100),
  onNan: z.enum(['stop', 'halve-lr']).default('stop'),
  patience: z.union([z.literal('none'), z.int().min(1).max(1_000_000)]).default('none'),
  timeLimit: z.union([z.literal('none'), z.number().gt(0).max(1e9)]).default('none'),
  restoreBest: z.boolean().default(false),
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
  requireOptions('resolveSettings', options);
  const given = Object.fromEntries(Object.entries(options).filter(([name]) => settingNames.includes(name)));
  const result = check(schema, given['learningRate'] === undefined ? { ...given, learningRate } : given);
  const issues = result.issues ?? withoutValidation(result.value);
  if (result.value && issues.length === 0) return Object.freeze(result.value);
  throw invalidSettings(issues);
};

/** Settings that wait for a validation which never comes. */
const withoutValidation = (settings: TrainSettings): readonly OptionIssue[] => {
  const { validateEvery, patience, restoreBest } = settings;
  if (validateEvery > 0) return [];
  const hint = 'Set validateEvery to at least 1, or leave this option out.';
  const message = (value: string): string => `expected ${value} where validateEvery is 0`;
  return [
    ...(patience === 'none'
      ? []
      : [{ path: ['patience'], message: message("'none'"), received: patience, hint }]),
    ...(restoreBest
      ? [{ path: ['restoreBest'], message: message('false'), received: restoreBest, hint }]
      : []),
  ];
};
