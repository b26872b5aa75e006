// The numbers of a run, checked, with their defaults: those of `train`, known before anything is loaded.
import type { TrainSettings } from '@mapping-networks/train';
import { z } from 'zod';
import { invalidSetting } from './errors.ts';

/** Numbers of a run; `trainScoreLimit` is left out where the whole train split is scored. */
export type RunSettings = Omit<TrainSettings, 'trainScoreLimit'> &
  Partial<Pick<TrainSettings, 'trainScoreLimit'>>;

const schema = z.object({
  epochs: z.int().min(1).default(4),
  batchSize: z.int().min(1).default(128),
  learningRate: z.number().positive(),
  seed: z.int().min(0).default(0),
  validateEvery: z.int().min(0).default(1),
  evaluationBatchSize: z.int().min(1).default(256),
  trainScoreLimit: z.int().min(0).exactOptional(),
});

/** The names of the settings. */
export const settingNames: readonly string[] = Object.keys(schema.shape);

/** The settings of a config. `learningRate` is the default of that one. @throws CONFIG_INVALID_SETTING */
export const runSettings = (config: Readonly<Record<string, unknown>>, learningRate: number): RunSettings => {
  const result = schema.safeParse({ ...config, learningRate: config['learningRate'] ?? learningRate });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const key = String(issue?.path[0] ?? '');
  throw invalidSetting(key, issue?.message ?? 'not valid', config[key]);
};
