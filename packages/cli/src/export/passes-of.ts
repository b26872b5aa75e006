// The passes that a command line asks for: by flags that are short for them, in the order that loses nothing, or written
// out with --pass, in the order given.
import { resolve, type Part, type Registry, type Spec } from '@mapping-networks/core';
import { nothingToFineTune, passesAndFlags, scopeWithoutPrune } from './errors.ts';
import { specOf } from './spec-of.ts';

export interface PassFlags {
  readonly lowRank?: RankFlag | undefined;
  readonly prune?: number | undefined;
  readonly pruneScope?: string | undefined;
  readonly quantize?: string | undefined;
  readonly latent?: string | undefined;
  readonly fineTune?: number | undefined;
  readonly pass?: readonly string[] | undefined;
}

export type RankFlag = { readonly rank: number } | { readonly energy: number };

/** Each flag as the pass that it is short for. */
const shortFor = ({ lowRank, prune, pruneScope, quantize, latent }: PassFlags): readonly Spec[] => [
  ...(lowRank === undefined ? [] : [{ use: 'factorize', ...lowRank }]),
  ...(prune === undefined
    ? []
    : [{ use: 'prune', sparsity: prune, ...(pruneScope !== undefined && { scope: pruneScope }) }]),
  ...(quantize === undefined ? [] : [{ use: 'quantize', type: quantize }]),
  ...(latent === undefined ? [] : [{ use: 'quantizeLatent', type: latent }]),
];

/** Whether this pass has options to train on with. */
export const canFineTune = (registry: Registry, pass: string): boolean =>
  'fineTune' in (registry.get('pass', pass).schema.properties ?? {});

/** @throws CLI_SCOPE_WITHOUT_PRUNE, CLI_PASSES_AND_FLAGS, CLI_NOTHING_TO_FINE_TUNE, CLI_BAD_SPEC, and what resolving throws */
export const passesOf = (flags: PassFlags, registry: Registry): readonly Part<'pass'>[] => {
  const { pass: written = [], fineTune: epochs } = flags;
  const short = shortFor(flags);
  if (flags.pruneScope !== undefined && flags.prune === undefined) throw scopeWithoutPrune();
  if (written.length > 0 && (short.length > 0 || epochs !== undefined)) throw passesAndFlags();
  const tunes = short.map(({ use }) => canFineTune(registry, use));
  if (epochs !== undefined && !tunes.includes(true)) throw nothingToFineTune();
  const specs = short.map((spec, i) =>
    epochs !== undefined && tunes[i] === true ? { ...spec, fineTune: { epochs } } : spec,
  );
  return [...specs, ...written.map((text) => specOf('--pass', text))].map((spec) =>
    resolve(registry, 'pass', spec),
  );
};
