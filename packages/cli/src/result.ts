// The object that `mapnet train --json` prints as its last line, as a schema: checked before it is printed, published
// as JSON Schema, and the only definition of the two.
import { modelFingerprint, modelMap, type RunRecord, type TrainResult } from 'mapping-networks';
import { sizeOf, type EndReason, type Scores } from '@mapping-networks/core';
import { z } from 'zod';
import { splitNotScored } from './errors.ts';
import { numberOrNull, throughJson } from './number-or-null.ts';

/** What a run came to: the last line of stdout of `mapnet train --json`. A score that is not finite is null there. */
export interface Result {
  /** The run folder, relative to where the command ran. */
  readonly run: string;
  /** Names of the plugins. */
  readonly target: string;
  readonly parameterization: string;
  readonly dataset: string;
  readonly engine: string;
  readonly seed: number;
  /** Numbers that were trained. */
  readonly trainables: number;
  readonly targetParameters: number;
  /** targetParameters / trainables. */
  readonly compression: number;
  /** Bytes of the bundle: config.json and latent.safetensors. */
  readonly artifactBytes: number;
  /** Whole epochs that were trained. */
  readonly epochs: number;
  /** Why training ended: all epochs done, `patience`, `timeLimit`, or a callback's wish. Absent in the first release. */
  readonly ended?: Exclude<EndReason, 'aborted'>;
  /** Wall time of training, validation included, loading the dataset not. */
  readonly seconds: number;
  readonly train: Scores;
  /** Not there where the dataset has no examples for it. */
  readonly validation?: Scores;
  readonly test: Scores;
  /** Overfitting: train minus test of the first metric (test minus train for errors). */
  readonly gap?: number;
  /** Of the generated parameters; the same on every machine. */
  readonly fingerprint: string;
  /** The whole config of the run, every default written out. */
  readonly config: Readonly<Record<string, unknown>>;
}

const count = z.int().min(1);

/** Checks the scores of one split. */
export const scoresSchema: z.ZodType<Scores> = z
  .object({
    loss: numberOrNull().describe('Mean task loss.'),
    accuracy: numberOrNull(z.number().min(0).max(1))
      .exactOptional()
      .describe('Share of right predictions; absent for regression.'),
  })
  .catchall(numberOrNull())
  .describe('Means over the whole split, other metrics under their names; null where one is not finite.');

/** Checks a result, and is the published JSON Schema (`@mapping-networks/cli/schema/result.schema.json`). */
export const resultSchema: z.ZodType<Result> = z
  .strictObject({
    run: z.string().describe('The run folder, relative to where the command ran.'),
    target: z.string().describe('Name of the target plugin.'),
    parameterization: z.string().describe('Name of the parameterization plugin.'),
    dataset: z.string().describe('Name of the dataset plugin.'),
    engine: z.string().describe('Name of the engine plugin.'),
    seed: z.int().min(0),
    trainables: count.describe('Numbers that were trained.'),
    targetParameters: count.describe('Parameters of the target network.'),
    compression: z.number().positive().describe('targetParameters / trainables.'),
    artifactBytes: count.describe('Bytes of the bundle: config.json and latent.safetensors.'),
    epochs: z.int().min(0).describe('Whole epochs that were trained.'),
    ended: z
      .enum(['completed', 'stopped', 'patience', 'time-limit'])
      .exactOptional()
      .describe('Why training ended: all epochs done, a callback, out of patience, or at the time limit.'),
    seconds: z
      .number()
      .min(0)
      .describe('Wall time of training, validation included, loading the dataset not.'),
    train: scoresSchema,
    validation: scoresSchema
      .exactOptional()
      .describe('As for train; left out where the dataset has no examples for it.'),
    test: scoresSchema,
    gap: numberOrNull()
      .exactOptional()
      .describe('Overfitting: train minus test of the first metric (test minus train for errors).'),
    fingerprint: z.string().describe('Of the generated parameters; the same on every machine.'),
    config: z
      .record(z.string(), z.unknown())
      .describe('The whole config of the run, every default written out.'),
  })
  .meta({
    title: 'Result of mapnet train',
    description: 'The last line of stdout of `mapnet train --json`.',
  });

/**
 * The result of a run that was not cut short.
 *
 * @throws CLI_SPLIT_NOT_SCORED when the dataset has no examples to train on, or to test with
 */
export const resultOf = (
  run: string,
  record: RunRecord,
  trained: TrainResult,
  artifactBytes: number,
): Result => {
  const { model, train, validation, test, gap } = trained;
  if (!train || !test) throw splitNotScored(train ? 'test' : 'train');
  const map = modelMap(model);
  const trainables = map.trainables.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const result = {
    run,
    target: record.target.use,
    parameterization: record.parameterization.use,
    dataset: record.dataset.use,
    engine: record.engine.use,
    seed: record.seed,
    trainables,
    targetParameters: map.space.size,
    compression: map.space.size / trainables,
    artifactBytes,
    epochs: trained.history.length,
    ...(trained.reason === 'aborted' ? {} : { ended: trained.reason }),
    seconds: trained.seconds,
    train,
    ...(validation === undefined ? {} : { validation }),
    test,
    ...(gap === undefined ? {} : { gap }),
    fingerprint: modelFingerprint(model),
    config: record,
  };
  return resultSchema.parse(throughJson(result));
};
