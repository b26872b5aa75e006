// The same hostile bundles read by `core` and by `runtime`, which share no line of their readers: both refuse, or both
// take the same weights. That a checksum or a fingerprint does not fit is said by both or by none, so that options, too,
// are seen alike: a forged config differs in its fingerprint, whatever it says.
import {
  decodeBundle,
  encodeBundle,
  MappingNetworksError,
  modelFingerprint,
  type Model,
} from '@mapping-networks/core';
import { everything, load, RuntimeError, type Network } from '@mapping-networks/runtime';
import { registryOf } from 'mapping-networks';
import type { Attack, Format, Judgement } from '../oracle/attack.ts';
import type { Random } from '../random.ts';
import { hostileBundle, judgeModel, type Hostile } from './bundle.ts';
import { LAYERED_SEEDS } from './bundle-seeds.ts';

/** A value, or a refusal in words of the library. */
type Outcome<T> = { readonly value: T } | { readonly refusal: MappingNetworksError | RuntimeError };

const outcomeOf = async <T>(read: () => T | Promise<T>): Promise<Outcome<T>> => {
  try {
    return { value: await read() };
  } catch (error) {
    if (error instanceof MappingNetworksError || error instanceof RuntimeError) return { refusal: error };
    throw error;
  }
};

const MISMATCHES: Readonly<Record<string, string>> = {
  CORE_CHECKSUM_MISMATCH: 'another checksum',
  CORE_FINGERPRINT_MISMATCH: 'another fingerprint',
  'RUNTIME_MISMATCH: Another checksum. Restore the bundle': 'another checksum',
  'RUNTIME_MISMATCH: Another fingerprint. Restore the bundle': 'another fingerprint',
};

const verdictOf = (outcome: Outcome<unknown>): string => {
  if ('value' in outcome) return 'taken';
  const { code, message } = outcome.refusal;
  return MISMATCHES[code] ?? MISMATCHES[`${code}: ${message}`] ?? 'refused';
};

const shown = (outcome: Outcome<unknown>): string =>
  'value' in outcome ? 'it' : `${outcome.refusal.code}, ${outcome.refusal.message.slice(0, 150)}`;

interface Both {
  readonly core: Outcome<Model>;
  readonly runtime: Outcome<Network>;
}

const readBoth = async (files: Hostile['value'], registry: ReturnType<typeof registryOf>): Promise<Both> => {
  const core = await outcomeOf(() => decodeBundle(files, registry));
  const runtime = await outcomeOf(() => load(files, everything));
  // Both refuse alike: the refusal of runtime is looked at, as those of core are elsewhere.
  if ('refusal' in runtime && verdictOf(core) === verdictOf(runtime)) throw runtime.refusal;
  return { core, runtime };
};

const judge = ({ core, runtime }: Both, original: Model, { value, refuse, forged }: Hostile): Judgement => {
  if ('refusal' in core || 'refusal' in runtime)
    return {
      wrong: `core: ${verdictOf(core)} (${shown(core)}); runtime: ${verdictOf(runtime)} (${shown(runtime)})`,
    };
  if (refuse) return { wrong: 'a broken file was taken' };
  if (runtime.value.hash !== modelFingerprint(core.value)) return { wrong: 'other weights in runtime' };
  return judgeModel(core.value, original, value['config.json'], forged);
};

export const bundleByRuntime: Format = {
  name: 'bundle by runtime',
  mostBytes: 200 * 2 ** 20,
  open: () => {
    const registry = registryOf(undefined);
    const seeds = LAYERED_SEEDS.map((model) => [model, encodeBundle(model)] as const);
    return Promise.resolve((random: Random): Attack => {
      const [model, files] = random.pick(seeds);
      const hostile = hostileBundle(files, random);
      return {
        what: hostile.what,
        read: () => readBoth(hostile.value, registry),
        judge: (both) => judge(both as Both, model, hostile),
      };
    });
  },
};
