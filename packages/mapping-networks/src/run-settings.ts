// The numbers of a run, checked, with their defaults.
import { z } from 'zod';
import { invalidSetting } from './errors.ts';

/** Numbers of a run. */
export interface RunSettings {
  /** Passes over the training split; default 4. */
  readonly epochs: number;
  /** Examples a step; default 128. */
  readonly batchSize: number;
  /** Peak learning rate; default: what the parameterization asks for. */
  readonly learningRate: number;
  /** Seed of initial values, order of examples, masks and noise; default 0. The map has a seed of its own. */
  readonly seed: number;
}

const schema = z.object({
  epochs: z.int().min(1).max(1_000_000).default(4),
  batchSize: z.int().min(1).max(1_000_000).default(128),
  learningRate: z.number().positive(),
  seed: z.int().min(0).default(0),
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
