// What a mapping can be configured with, and how it is validated.
import type { Activation, Allocation, Modulation } from '@mapping-networks/runtime/canonical';
import { z } from 'zod';
import { MOST_PARAMETERS } from '../space/parameter-space.ts';
import type { Part } from '../plugin/part.ts';
import type { OptionsSchema } from '../plugin/plugin.ts';

export type { Activation, Allocation, Modulation };

/** What training changes: the latent, a bias b of all P values, the projection itself (only `dense` can). */
export type Trained = 'latent' | 'bias' | 'projection';

/** A choice as a user writes it: its bare name, or its `type` with whatever has a default left out. */
export type Brief<Choice extends { readonly type: string }> = Choice extends unknown
  ? Choice['type'] | (Pick<Choice, 'type'> & Partial<Choice>)
  : never;

/** The whole options of `mapping`, as a part holds and a bundle records them. */
export interface MappingOptions {
  /** Total number of latent dimensions d, a whole number of 1 … P. */
  readonly latentDim: number;
  /** `single`: one z for the whole network (SLVT); `layerwise`: one z for each layer (LWT). Default `single`. */
  readonly strategy: 'single' | 'layerwise';
  /** Latent dimensions of the layers when `layerwise`. Default `sqrt`; always capped at the layer's size. */
  readonly allocation: Allocation;
  /** The fixed linear map W. Default `hadamard()`. */
  readonly projection: Part<'projection'>;
  /** Default identity. */
  readonly activation: Activation;
  /** Default none. */
  readonly modulation: Modulation;
  /** What training changes. Default `['latent']`. */
  readonly train: readonly Trained[];
  /** Seed of the map, 0 … 2⁵³ − 1: another seed is another map. Default 0. */
  readonly seed: number;
}

/** What a user has to give: the latent dimension. Activation and modulation may be written as their bare names. */
export interface MappingInput {
  readonly latentDim: number;
  readonly strategy?: 'single' | 'layerwise';
  readonly allocation?: Allocation;
  readonly projection?: Part<'projection'>;
  readonly activation?: Brief<Activation>;
  readonly modulation?: Brief<Modulation>;
  readonly train?: readonly Trained[];
  readonly seed?: number;
}

const omega = z.number().min(0.01).max(100).default(2).describe('ω of sin(ω·u).');
const alpha = z.number().min(-100).max(100).default(0.1).describe('α, how strongly z modulates.');

/** No target has more parameters. */
const dimensions = z.int().min(1).max(MOST_PARAMETERS);

const activation = z.preprocess(
  (value) => (typeof value === 'string' ? { type: value } : value),
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('identity') }),
    z.strictObject({ type: z.literal('tanh') }),
    z.strictObject({ type: z.literal('sin'), omega }),
  ]),
);

const modulation = z.preprocess(
  (value) => (typeof value === 'string' ? { type: value } : value),
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('none') }),
    z.strictObject({ type: z.literal('additive'), alpha }),
    z.strictObject({ type: z.literal('linear'), alpha }),
    z.strictObject({ type: z.literal('vector'), alpha }),
  ]),
);

const fields = z.strictObject({
  latentDim: dimensions.describe('How many numbers are trained, 1 to P.'),
  strategy: z
    .enum(['single', 'layerwise'])
    .default('single')
    .describe('One latent for the network, or one a layer.'),
  allocation: z
    .union([z.enum(['proportional', 'sqrt']), z.array(dimensions).min(1)])
    .default('sqrt')
    .describe('Shares of the layers when layerwise.'),
  activation: activation.default({ type: 'identity' }).describe('σ in θ = σ(Wz + b).'),
  modulation: modulation.default({ type: 'none' }).describe('How z modulates the map.'),
  train: z
    .array(z.enum(['latent', 'bias', 'projection']))
    .min(1)
    .refine((names) => new Set(names).size === names.length, 'expected each name once')
    .default(['latent'])
    .describe('What training changes.'),
  seed: z.int().min(0).default(0).describe('Seed of the map.'),
});

export const mappingSchema: OptionsSchema<Omit<MappingOptions, 'projection'>> = fields.refine(
  ({ strategy, allocation }) => strategy === 'layerwise' || typeof allocation === 'string',
  { path: ['allocation'], message: "expected strategy 'layerwise' beside a list of latent dimensions" },
);
