// How ranks are chosen: the options that the parameterization and the pass share.
import type { LayerChoice, RankOptions, Ranks } from '@mapping-networks/runtime/canonical';
import { z } from 'zod';
import { layersBesideRanks, rankOrEnergy } from './errors.ts';

export type { LayerChoice, RankOptions, Ranks };

/** `RankOptions` as a user writes them. */
export type RankInput = { readonly layers?: LayerChoice } & (
  | { readonly rank: Ranks; readonly energy?: never }
  | { readonly energy: number; readonly rank?: never }
);

/** No matrix of 2³⁰ numbers, the most that a target can have, has a higher rank. */
const HIGHEST_RANK = 2 ** 15;

const rank = z.int().min(1).max(HIGHEST_RANK);
const name = z.string().min(1);

const ranks: z.ZodType<Ranks> = z.union([
  rank,
  z
    .record(name, rank)
    .refine((byName) => Object.keys(byName).length > 0, 'expected a whole number for at least one layer'),
]);
const choice: z.ZodType<LayerChoice> = z.union([z.enum(['dense', 'all']), z.array(name).min(1)]);

/** The fields of `RankOptions` for the schema of a plugin. */
export const rankFields: {
  readonly rank: z.ZodExactOptional<z.ZodType<Ranks>>;
  readonly energy: z.ZodExactOptional<z.ZodNumber>;
  readonly layers: z.ZodDefault<z.ZodType<LayerChoice>>;
} = {
  rank: ranks.exactOptional().describe('Rank of all matrices, or of each layer by name.'),
  energy: z.number().gt(0).max(1).exactOptional().describe('Part of the squared singular values to keep.'),
  layers: choice.default('dense').describe('Matrices: of dense layers, of all layers, or of those named.'),
};

/** @throws LOW_RANK_RANK_OR_ENERGY, LOW_RANK_LAYERS_BESIDE_RANKS */
export const requireRankOptions = (plugin: string, { rank, energy, layers }: RankOptions): void => {
  if ((rank === undefined) === (energy === undefined))
    throw rankOrEnergy(plugin, rank === undefined ? 'neither' : 'both');
  if (typeof rank === 'object' && layers !== 'dense') throw layersBesideRanks(plugin);
};
