// Bundles in memory: config and latent damaged apart and together. The checksum covers both files, so that whatever is
// taken must be the original, unless the checksum was made anew, as an attacker would: then the weights must still be
// those of the fingerprint.
import {
  canonicalJson,
  decodeBundle,
  encodeBundle,
  initialBuffers,
  modelFingerprint,
  modelMap,
  toSpec,
  type BundleFiles,
  type Model,
} from '@mapping-networks/core';
import { cnnBn, direct, mapping, mlp, registryOf } from 'mapping-networks';
import { createHash } from 'node:crypto';
import { mutatedBytes, type Mutated } from '../mutations/bytes.ts';
import { mutatedJson } from '../mutations/json.ts';
import { REFUSE, type Attack, type Format, type Judgement } from '../oracle/attack.ts';
import type { Random } from '../random.ts';
import { assembled, opened, sameArrays } from './safetensors.ts';

const withData = (parts: Pick<Model, 'target' | 'parameterization'>): Model => ({
  ...parts,
  trainables: modelMap(parts).init(7),
  buffers: initialBuffers(parts.target.impl),
  data: {
    name: 'glyphs',
    inputShape: [28, 28, 1],
    task: 'classification',
    classes: ['zero', 'ein\u0308s', '\u{1f602}'],
    normalization: { scale: 255, mean: 0.5, std: 0.5 },
  },
  metrics: { 'test.accuracy': 0.75, 'test.loss': 1 / 3 },
});

const registry = registryOf(undefined);

export const BUNDLE_SEEDS: readonly Model[] = [
  withData({
    target: mlp({ inputShape: [4, 4, 1], hidden: [6] }),
    parameterization: mapping({ latentDim: 20 }),
  }),
  withData({
    target: cnnBn({ inputShape: [8, 8, 1] }),
    parameterization: mapping({
      latentDim: 30,
      strategy: 'layerwise',
      activation: 'sin',
      modulation: 'vector',
    }),
  }),
  withData({ target: mlp({ inputShape: [3], hidden: [], classes: 2 }), parameterization: direct() }),
];

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

/** Networks of any size in a line of JSON. */
const hugeParts = (random: Random): Config =>
  random.pick([
    () => ({ target: { use: 'mlp', hidden: [random.pick([1e9, 2 ** 31, 2 ** 53 - 1, 1e15])] } }),
    () => ({ target: { use: 'mlp', hidden: Array(random.pick([1e4, 1e5])).fill(random.pick([1, 1e6])) } }),
    () => ({ target: { use: 'mlp', inputShape: Array(1_000).fill(2) } }),
    () => ({ target: { use: 'cnnBn', inputShape: [1e6, 1e6, 1] } }),
    () => ({ target: { use: 'cnn1', classes: 1e12 } }),
    () => ({ target: { use: 'cnn2', inputShape: [100_000, 100_000, 1e9] } }),
    () => ({ parameterization: { use: 'mapping', latentDim: random.pick([1e9, 2 ** 32, 2 ** 53 - 1]) } }),
    () => ({
      parameterization: {
        use: 'mapping',
        latentDim: 20,
        strategy: 'layerwise',
        allocation: Array(1e5).fill(1),
      },
    }),
    () => ({
      parameterization: { use: 'mapping', latentDim: 1e8, strategy: 'layerwise' },
      target: { use: 'mlp', hidden: Array(9e3).fill(100) },
    }),
    () => ({
      data: {
        name: 'x',
        inputShape: Array(1e5).fill(1),
        task: 'regression',
        classes: [],
        normalization: { scale: 1, mean: 0, std: 1 },
      },
      metrics: 1,
    }),
  ])();

interface Hostile extends Mutated<BundleFiles> {
  readonly twice: boolean;
  readonly forged: boolean;
}

const hostileLatent = (latent: Uint8Array, random: Random): Mutated<Uint8Array> => {
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
    return { what: `${what}, the checksum made anew`, value: files, twice: false, forged: true };
  } catch {
    return { what, value: { 'config.json': value, 'latent.safetensors': latent }, twice, forged: false };
  }
};

const hostileBundle = (files: BundleFiles, random: Random): Hostile => {
  const latent = files['latent.safetensors'];
  const config = parsed(files);
  return random.pick([
    () => ({ ...forged(config, latent, random) }),
    () => {
      const { what, value, twice } = hostileConfig(config, random);
      return { what, value: { ...files, 'config.json': value }, twice, forged: false };
    },
    () => {
      const { what, value } = hostileLatent(latent, random);
      const sealing = random.chance(0.3);
      const damaged = { ...files, 'latent.safetensors': value };
      return { what, value: sealing ? sealed(config, value) : damaged, twice: false, forged: sealing };
    },
  ])();
};

export const sameModel = (a: Model, b: Model): boolean =>
  canonicalJson(toSpec(a.target)) === canonicalJson(toSpec(b.target)) &&
  canonicalJson(toSpec(a.parameterization)) === canonicalJson(toSpec(b.parameterization)) &&
  sameArrays(a.trainables, b.trainables) &&
  sameArrays(a.buffers, b.buffers) &&
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
    const seeds = BUNDLE_SEEDS.map((model) => [model, encodeBundle(model)] as const);
    return Promise.resolve((random: Random): Attack => {
      const [model, files] = random.pick(seeds);
      if (random.chance(0.1)) {
        const config = { ...parsed(files), ...hugeParts(random) };
        const huge = sealed(config, files['latent.safetensors']);
        return { what: 'a huge network', read: () => decodeBundle(huge, registry), judge: REFUSE };
      }
      const { what, value, twice, forged } = hostileBundle(files, random);
      return {
        what,
        read: () => decodeBundle(value, registry),
        judge: twice ? REFUSE : (read) => judgeModel(read, model, value['config.json'], forged),
      };
    });
  },
};
