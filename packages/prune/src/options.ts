// What `prune` can be told, and how it is validated.
import type { Brief, OptionsSchema } from '@mapping-networks/core';
import { z } from 'zod';

/** `n` of every `m` weights in a row along the fan-in axis are kept at most: 2:4 is what some hardware computes faster. */
export interface NOfM {
  /** 1 … m − 1. */
  readonly n: number;
  /** 2 … 64. */
  readonly m: number;
}

/** What goes: single weights, all but n of every m in kernels, or whole filters and units. */
export type PruneStructure =
  | { readonly type: 'unstructured' }
  | { readonly type: 'filters' }
  | ({ readonly type: 'nOfM' } & NOfM);

/** All at once, or in `steps` stages with ever smaller ones at the end. */
export type PruneSchedule =
  | { readonly type: 'oneShot' }
  | { readonly type: 'cubic'; /** 2 … 1000; default 10. */ readonly steps: number };

/** How the network is trained on under its mask, in all stages together. */
export interface PruneFineTuning {
  /** Passes over the training split in all, above 0 and at most 10,000; stages share them equally. */
  readonly epochs: number;
  /** Peak learning rate, above 0 and at most 100; default: what the parameterization names. */
  readonly learningRate?: number;
}

/** The whole options of `prune`. */
export interface PruneOptions {
  /**
   * In [0, 1). The share of the parameters that become zero, biases counted; with `filters` the share of the filters and
   * units that are no outputs. Exact: P − round(P·sparsity) are kept. Default 0.5; N:M has its own, 1 − n/m.
   */
  readonly sparsity: number;
  /** Where the lowest are looked for, and what `sparsity` is a share of. Default `global`. */
  readonly scope: 'global' | 'layer' | 'tensor';
  /** Default `unstructured`. */
  readonly structure: PruneStructure;
  /** Default `oneShot`. */
  readonly schedule: PruneSchedule;
  /** Absent: not at all. */
  readonly fineTune?: PruneFineTuning;
}

/** What a user of `prune` may give; everything left out has a default. */
export interface PruneInput {
  readonly sparsity?: number;
  readonly scope?: PruneOptions['scope'];
  /** A structure or its bare name; N:M as text, `'2:4'`, or as `{ n: 2, m: 4 }`. */
  readonly structure?: PruneStructure | 'unstructured' | 'filters' | `${number}:${number}` | NOfM;
  /** A schedule, or its bare name. */
  readonly schedule?: Brief<PruneSchedule>;
  readonly fineTune?: PruneFineTuning;
}

/** `'2:4'` and `{ n: 2, m: 4 }` as what they stand for, a bare name as its type. */
const written = (value: unknown): unknown => {
  if (typeof value === 'object' && value !== null && !('type' in value)) return { type: 'nOfM', ...value };
  if (typeof value !== 'string') return value;
  const [, n, m] = /^(\d{1,3}):(\d{1,3})$/.exec(value) ?? [];
  return n === undefined || m === undefined ? { type: value } : { type: 'nOfM', n: Number(n), m: Number(m) };
};

const structure = z.preprocess(
  written,
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('unstructured') }),
    z.strictObject({ type: z.literal('filters') }),
    z.strictObject({
      type: z.literal('nOfM'),
      n: z.int().min(1).max(63).describe('How many are kept.'),
      m: z.int().min(2).max(64).describe('Of how many in a row.'),
    }),
  ]),
);

const schedule = z.preprocess(
  (value) => (typeof value === 'string' ? { type: value } : value),
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('oneShot') }),
    z.strictObject({
      type: z.literal('cubic'),
      steps: z.int().min(2).max(1000).default(10).describe('Stages.'),
    }),
  ]),
);

const fields = z.strictObject({
  sparsity: z
    .number()
    .min(0)
    .lt(1)
    .exactOptional()
    .describe('Share of the parameters, or of the filters, to prune; default 0.5, of N:M 1 - n/m.'),
  scope: z.enum(['global', 'layer', 'tensor']).default('global').describe('Where the lowest are looked for.'),
  structure: structure
    .default({ type: 'unstructured' })
    .describe('Single weights, N:M in kernels, or whole filters.'),
  schedule: schedule.default({ type: 'oneShot' }).describe('All at once, or in stages.'),
  fineTune: z
    .strictObject({
      epochs: z.number().gt(0).max(10_000).describe('Passes over the training split in all.'),
      learningRate: z.number().gt(0).max(100).exactOptional().describe('Peak learning rate.'),
    })
    .exactOptional()
    .describe('How the network is trained on under its mask.'),
});

const ownSparsity = ({ structure: form }: z.infer<typeof fields>): number | undefined =>
  form.type === 'nOfM' ? 1 - form.n / form.m : undefined;

export const pruneSchema: OptionsSchema<PruneOptions> = fields
  .refine(({ structure: form }) => form.type !== 'nOfM' || form.n < form.m, {
    path: ['structure'],
    message: 'expected n to be below m',
  })
  .refine(
    (options) =>
      options.sparsity === undefined || options.sparsity === (ownSparsity(options) ?? options.sparsity),
    { path: ['sparsity'], message: 'expected no sparsity beside N:M, or the one it has, 1 - n/m' },
  )
  .refine(({ structure: form, schedule: { type } }) => form.type !== 'nOfM' || type === 'oneShot', {
    path: ['schedule'],
    message: "expected 'oneShot' beside N:M",
  })
  .refine(({ schedule: { type }, fineTune }) => type === 'oneShot' || fineTune !== undefined, {
    path: ['fineTune'],
    message:
      "expected { epochs } beside the schedule 'cubic': without training between, stages change nothing",
  })
  .transform((options) => ({ ...options, sparsity: options.sparsity ?? ownSparsity(options) ?? 0.5 }));
