// What `mapnet sensitivity --json` prints; published as a JSON Schema.
import type { Scores, Spec } from '@mapping-networks/core';
import { z } from 'zod';
import { throughJson } from '../number-or-null.ts';
import { scoresSchema } from '../result.ts';

/** What `mapnet sensitivity` found. A score that is not finite is null there. */
export interface SensitivityResult {
  /** The run folder, relative to where the command ran. */
  readonly run: string;
  /** Where the scan is one of a checkpoint: which, and its step. */
  readonly checkpoint?: 'latest' | 'best';
  readonly step?: number;
  readonly dataset: Spec;
  /** Of the weights before anything is pruned. */
  readonly fingerprint: string;
  /** What is pruned at a time. */
  readonly scope: 'layer' | 'tensor';
  /** Where the scores are from: training examples where the dataset has none for validation. */
  readonly split: 'train' | 'validation';
  /** How many of them. */
  readonly examples: number;
  /** The score that table and chart show. */
  readonly metric: string;
  /** Scores of the whole network. */
  readonly baseline: Scores;
  readonly layers: readonly {
    /** Of the layer, or of the tensor. */
    readonly name: string;
    /** Its parameters, and how many of them are left at each sparsity. */
    readonly size: number;
    readonly points: readonly { readonly sparsity: number; readonly kept: number; readonly scores: Scores }[];
  }[];
  /** The chart, relative to where the command ran; absent where none was written. */
  readonly out?: string;
}

const count = z.int().min(0);

/** Checks such a result, and is the published JSON Schema (`@mapping-networks/cli/schema/sensitivity.schema.json`). */
export const sensitivityResultSchema: z.ZodType<SensitivityResult> = z
  .strictObject({
    run: z.string().describe('The run folder, relative to where the command ran.'),
    checkpoint: z.enum(['latest', 'best']).exactOptional().describe('Where the scan is one of a checkpoint.'),
    step: count.exactOptional().describe('Of the checkpoint.'),
    dataset: z.looseObject({ use: z.string() }).describe('The dataset with all its options.'),
    fingerprint: z.string().describe('Of the weights before anything is pruned.'),
    scope: z.enum(['layer', 'tensor']).describe('What is pruned at a time.'),
    split: z
      .enum(['train', 'validation'])
      .describe(
        'Where scores are from; train, where the dataset has no validation examples: its first 5,000.',
      ),
    examples: z.int().min(1).describe('How many scores are of.'),
    metric: z.string().describe('Name of the score that table and chart show.'),
    baseline: scoresSchema,
    layers: z
      .array(
        z.strictObject({
          name: z.string().describe('Of the layer, or of the tensor.'),
          size: count.describe('Its parameters.'),
          points: z
            .array(
              z.strictObject({
                sparsity: z.number().min(0).lt(1).describe('Share of its parameters that was to be 0.'),
                kept: count.describe('Parameters that are left.'),
                scores: scoresSchema,
              }),
            )
            .min(1)
            .describe('From little to much.'),
        }),
      )
      .min(1),
    out: z.string().exactOptional().describe('The chart; left out where none was written.'),
  })
  .meta({
    title: 'Result of mapnet sensitivity',
    description: 'The last line of stdout of `mapnet sensitivity --json`.',
  });

/** The result as JSON says it, checked. */
export const checkedSensitivity = (result: SensitivityResult): SensitivityResult =>
  sensitivityResultSchema.parse(throughJson(result));
