// Bundles in memory: config and latent damaged apart and together. The checksum covers both files, so that whatever is
// taken must be the original, unless the checksum was made anew, as an attacker would: then the weights must still be
// those of the fingerprint.
import {
  canonicalJson,
  decodeBundle,
  encodeBundle,
  encodeSafetensors,
  modelFingerprint,
  parseSafetensors,
  toSpec,
  type BundleFiles,
  type Model,
} from '@mapping-networks/core';
import { registryOf } from 'mapping-networks';
import { createHash } from 'node:crypto';
import { mutatedBytes, type Mutated } from '../mutations/bytes.ts';
import { mutatedJson } from '../mutations/json.ts';
import { REFUSE, type Attack, type Format, type Judgement } from '../oracle/attack.ts';
import type { Random } from '../random.ts';
import { hugeParts } from './bundle-huge.ts';
import { oddParts } from './bundle-options.ts';
import { BUNDLE_SEEDS } from './bundle-seeds.ts';
import { assembled, opened, sameArrays } from './safetensors.ts';

/** The checksum, computed without the library. */
export const checksum = (config: object, latent: Uint8Array): string => {
  const text = canonicalJson({ ...config, checksum: undefined });
  return createHash('sha256').update(text).update(latent).digest('hex');
};

type Config = Readonly<Record<string, unknown>>;

const parsed = (files: BundleFiles): Config => JSON.parse(files['config.json']) as Config;

const sealed = (config: Config, latent: Uint8Array): BundleFiles => ({
  'config.json': JSON.stringify({ ...config, checksum: checksum(config, latent) }),
  'latent.safetensors': latent,
});

/** A hostile bundle. */
export interface Hostile extends Mutated<BundleFiles> {
  /** It has a key twice, or describes more than anyone may make: to be refused whatever the rest. */
  readonly refuse: boolean;
  /** Its checksum was made anew, or it has none. */
  readonly forged: boolean;
}

/** The bytes of a constant that is coded, such as a mask, damaged in a file that is whole otherwise. */
const hostileCode = (latent: Uint8Array, random: Random): Mutated<Uint8Array> | undefined => {
  const { arrays } = parseSafetensors(latent, 'latent.safetensors');
  const coded = Object.entries(arrays).flatMap(([name, { dtype, data }]) =>
    name.startsWith('constant/') && dtype === 'uint8' ? [[name, data] as const] : [],
  );
  if (coded.length === 0 || random.chance(0.7)) return undefined;
  const [name, bytes] = random.pick(coded);
  const { what, value: data } = mutatedBytes(bytes, random);
  const value = encodeSafetensors({ ...arrays, [name]: { dtype: 'uint8', shape: [data.length], data } });
  return { what: `${name}: ${what}`, value };
};

const hostileLatent = (latent: Uint8Array, random: Random): Mutated<Uint8Array> => {
  const code = hostileCode(latent, random);
  if (code) return code;
  if (random.chance(0.6)) return mutatedBytes(latent, random);
  const { header, data } = opened(latent);
  const { what, value } = mutatedJson(header, random);
  return { what, value: assembled(value, data) };
};

const hostileConfig = (config: Config, random: Random): Mutated<string> & { readonly twice: boolean } => {
  if (random.chance(0.7)) return mutatedJson(config, random);
  const { what, value } = mutatedBytes(new TextEncoder().encode(JSON.stringify(config)), random);
  return { what, value: new TextDecoder().decode(value), twice: false };
};

const forged = (config: Config, latent: Uint8Array, random: Random): Hostile => {
  const { what, value, twice } = mutatedJson(config, random);
  try {
    // As anyone would who can compute a hash; texts that only a strict reader refuses stay as they are.
    const files = sealed(JSON.parse(value) as Config, latent);
    return { what: `${what}, the checksum made anew`, value: files, refuse: false, forged: true };
  } catch {
    return {
      what,
      value: { 'config.json': value, 'latent.safetensors': latent },
      refuse: twice,
      forged: false,
    };
  }
};

/** Other parts, in a bundle that is whole but for its fingerprint. */
const withParts = (what: string, files: BundleFiles, parts: Config, refuse: boolean): Hostile => {
  const value = sealed({ ...parsed(files), ...parts }, files['latent.safetensors']);
  return { what, value, refuse, forged: true };
};

/** As files were before they had a checksum. */
const ofVersion1 = (config: Config, latent: Uint8Array, random: Random): Hostile => {
  const { checksum: _, ...rest } = config;
  const { what, value, twice } = mutatedJson({ ...rest, version: 1 }, random);
  const files = { 'config.json': value, 'latent.safetensors': latent };
  return { what: `${what}, as version 1`, value: files, refuse: twice, forged: true };
};

/** A damaged copy of a bundle. */
export const hostileBundle = (files: BundleFiles, random: Random): Hostile => {
  if (random.chance(0.1)) return withParts('a huge network', files, hugeParts(random), true);
  const latent = files['latent.safetensors'];
  const config = parsed(files);
  return random.pick([
    () => forged(config, latent, random),
    () => ofVersion1(config, latent, random),
    () => withParts('odd options', files, oddParts(random), false),
    () => {
      const { what, value, twice } = hostileConfig(config, random);
      return { what, value: { ...files, 'config.json': value }, refuse: twice, forged: false };
    },
    () => {
      const { what, value } = hostileLatent(latent, random);
      const sealing = random.chance(0.5);
      const damaged = { ...files, 'latent.safetensors': value };
      return { what, value: sealing ? sealed(config, value) : damaged, refuse: false, forged: sealing };
    },
  ])();
};

/** As plain JSON: the scales as numbers. */
const encodings = ({ encoding = {} }: Model): unknown =>
  Object.fromEntries(
    Object.entries(encoding).map(([name, each]) => [
      name,
      'scales' in each ? { ...each, scales: [...each.scales] } : each,
    ]),
  );

const sameModel = (a: Model, b: Model): boolean =>
  canonicalJson(toSpec(a.target)) === canonicalJson(toSpec(b.target)) &&
  canonicalJson(toSpec(a.parameterization)) === canonicalJson(toSpec(b.parameterization)) &&
  sameArrays(a.trainables, b.trainables) &&
  sameArrays(a.buffers, b.buffers) &&
  sameArrays(a.constants ?? {}, b.constants ?? {}) &&
  canonicalJson(encodings(a)) === canonicalJson(encodings(b)) &&
  canonicalJson(a.data ?? null) === canonicalJson(b.data ?? null) &&
  canonicalJson(a.metrics ?? null) === canonicalJson(b.metrics ?? null);

export const judgeModel = (value: unknown, original: Model, config: string, forged: boolean): Judgement => {
  const model = value as Model;
  if (sameModel(model, original)) return 'equal';
  if (!forged) return { wrong: 'an altered bundle was taken' };
  const { fingerprint } = JSON.parse(config) as { readonly fingerprint: string };
  return modelFingerprint(model) === fingerprint ? 'other' : { wrong: 'weights of another fingerprint' };
};

export const bundle: Format = {
  name: 'bundle',
  mostBytes: 200 * 2 ** 20,
  open: () => {
    const registry = registryOf(undefined);
    const seeds = BUNDLE_SEEDS.map((model) => [model, encodeBundle(model)] as const);
    return Promise.resolve((random: Random): Attack => {
      const [model, files] = random.pick(seeds);
      const { what, value, refuse, forged } = hostileBundle(files, random);
      return {
        what,
        read: () => decodeBundle(value, registry),
        judge: refuse ? REFUSE : (read) => judgeModel(read, model, value['config.json'], forged),
      };
    });
  },
};
