// export.json: what was exported, from which run, through which passes, and how each export compares with its source.
// Also what `mapnet export --json` prints; published as a JSON Schema.
import type { LossWarning, PassReport, Scores, Spec } from '@mapping-networks/core';
import type { ExportResult } from '@mapping-networks/export';
import { z } from 'zod';
import { numberOrNull, throughJson } from '../number-or-null.ts';
import { environmentSchema, type Environment } from '../run-folder/environment.ts';
import { scoresSchema } from '../result.ts';

/** One export without its files. */
export type ExportEntry = Omit<ExportResult, 'files' | 'error'> & {
  /** Bytes by name, in the folder of the export's name; none where it did not pass. */
  readonly files: Readonly<Record<string, number>>;
  readonly error?: { readonly code: string; readonly message: string };
};

/** What `mapnet export` did. A number that is not finite is null there. */
export interface ExportRecord {
  /** The folder with the exports, relative to where the command ran. */
  readonly out: string;
  readonly source: {
    /** The run folder, relative to where the command ran. */
    readonly run: string;
    readonly target: Spec;
    readonly parameterization: Spec;
    readonly dataset: Spec;
    /** Of the weights of the run, and of those that were exported: the same where there was no pass. */
    readonly fingerprint: string;
    readonly exportedFingerprint: string;
  };
  /** What the passes did, in the order in which they ran. */
  readonly passes: readonly PassReport[];
  /** A bad order of passes, passes that cost much accuracy, exports that stay large. */
  readonly warnings: readonly LossWarning[];
  /** Scores on the test split before and after the passes; absent where it has no examples. */
  readonly test?: { readonly before: Scores; readonly after: Scores };
  /** Where the inputs are from that exports were compared on. */
  readonly comparedOn: { readonly split: 'train' | 'validation' | 'test'; readonly examples: number };
  readonly exports: readonly ExportEntry[];
  readonly environment: Environment;
}

const count = z.int().min(0);
const spec: z.ZodType<Spec> = z.looseObject({ use: z.string() });
const change = z.strictObject({ worst: numberOrNull(), mean: numberOrNull() });

const figures = z.strictObject({
  validation: scoresSchema,
  parameters: count,
  nonzero: count,
  sparsity: z.number().min(0).max(1).describe('Share of parameters that are 0.'),
  trainables: count,
  bundleBytes: count.describe('Of the two files of a bundle.'),
  weightBytes: count.describe('Of the weights, each tensor in its format, sparse where that is less.'),
});

const pass: z.ZodType<PassReport> = z.strictObject({
  pass: spec.describe('The pass with all its options.'),
  before: figures,
  after: figures,
  weights: change
    .exactOptional()
    .describe('Change of the parameters; left out where the network has other parameters than before.'),
  outputs: change.describe('Change of the outputs, of logits for classifiers.'),
  seconds: z.number().min(0),
  details: z.record(z.string(), z.union([z.number(), z.string()])),
});

const latency = z.strictObject({ median: z.number().min(0), min: z.number().min(0) });

const entry: z.ZodType<ExportEntry> = z.strictObject({
  name: z.string().describe('Of the exporter, and of the folder.'),
  spec: spec.describe('The exporter with all its options.'),
  files: z.record(z.string(), count).describe('Bytes of each file; none where it did not pass.'),
  bytes: count,
  tolerance: z.strictObject({
    output: z.number().min(0).exactOptional(),
    accuracy: z.number().min(0).max(1).exactOptional(),
  }),
  figures: z
    .strictObject({
      runtime: z.string(),
      examples: count,
      maxDifference: numberOrNull(),
      meanDifference: numberOrNull(),
      relativeDifference: numberOrNull(),
      agreement: z.number().min(0).max(1),
      accuracy: z.strictObject({ source: z.number(), exported: z.number() }).exactOptional(),
      latency: z.strictObject({ single: latency, batch: latency }).describe('Milliseconds.'),
    })
    .exactOptional()
    .describe('The export compared with its source; left out where it could not be run.'),
  passed: z.boolean(),
  error: z.strictObject({ code: z.string(), message: z.string() }).exactOptional(),
});

/** Checks such a record, and is the published JSON Schema (`@mapping-networks/cli/schema/export.schema.json`). */
export const exportRecordSchema: z.ZodType<ExportRecord> = z
  .strictObject({
    out: z.string().describe('The folder with the exports, relative to where the command ran.'),
    source: z.strictObject({
      run: z.string().describe('The run folder, relative to where the command ran.'),
      target: spec,
      parameterization: spec,
      dataset: spec,
      fingerprint: z.string().describe('Of the weights of the run.'),
      exportedFingerprint: z.string().describe('Of the weights after the passes.'),
    }),
    passes: z.array(pass).describe('In the order in which they ran.'),
    warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
    test: z.strictObject({ before: scoresSchema, after: scoresSchema }).exactOptional(),
    comparedOn: z.strictObject({ split: z.enum(['train', 'validation', 'test']), examples: count }),
    exports: z.array(entry).min(1),
    environment: environmentSchema,
  })
  .meta({
    title: 'Result of mapnet export',
    description: 'What export.json holds and `mapnet export --json` prints.',
  });

/** A result as data: sizes instead of files, and the words of the error. */
export const entryOf = ({ files, error, ...rest }: ExportResult): ExportEntry => ({
  ...rest,
  files: rest.passed
    ? Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, bytes.length]))
    : {},
  ...(error && { error: { code: error.code, message: error.message } }),
});

/** The record as JSON says it, checked. */
export const checkedRecord = (record: ExportRecord): ExportRecord =>
  exportRecordSchema.parse(throughJson(record));
