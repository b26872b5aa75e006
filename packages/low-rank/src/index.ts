// The contract of @mapping-networks/low-rank: everything public, nothing else.
export {
  factorize,
  type FactorizeFineTuning,
  type FactorizeInput,
  type FactorizeOptions,
} from './factorize.ts';
export { gaussianRank } from './gaussian-rank.ts';
export { lowRank, type LowRankInput, type LowRankOptions } from './low-rank.ts';
export type { LayerChoice, RankInput, RankOptions, Ranks } from './options.ts';
export { rankByEnergy } from './rank-by-energy.ts';
export { splitLayers } from './split-layers.ts';
export { truncatedSvd, type TruncatedSvd, type Truncation } from './truncated-svd.ts';
