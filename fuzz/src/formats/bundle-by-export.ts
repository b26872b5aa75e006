// Hostile bundles as the exporter `latent` loads them, to compare them with the network that they were made of: refused,
// unless they have its weights, and then run as that network.
import { float32, normal, randomKey, sizeOf, type ArrayTensor, type Model } from '@mapping-networks/core';
import { latent } from '@mapping-networks/export';
import { mutatedBytes } from '../mutations/bytes.ts';
import { REFUSE, type Attack, type Format, type Judgement } from '../oracle/attack.ts';
import type { Random } from '../random.ts';
import { hostileBundle } from './bundle.ts';
import { BUNDLE_SEEDS } from './bundle-seeds.ts';

type Files = Readonly<Record<string, Uint8Array>>;

const CONFIG = 'config.json';

interface Seed {
  readonly model: Model;
  readonly files: Files;
  readonly x: ArrayTensor;
  readonly outputs: ArrayTensor;
}

const { impl: exporter } = latent();

const outputsOf = async (files: Files, { model, x }: Pick<Seed, 'model' | 'x'>): Promise<ArrayTensor> => {
  const network = await exporter.load(files, model);
  try {
    return await network.run(x);
  } finally {
    network.dispose();
  }
};

const seedOf = async (model: Model): Promise<Seed> => {
  const files = await exporter.write(model, {});
  const shape = [2, ...model.target.impl.inputShape];
  const x = float32(normal(randomKey(5), sizeOf(shape)), shape);
  return { model, files, x, outputs: await outputsOf(files, { model, x }) };
};

interface Hostile {
  readonly what: string;
  readonly files: Files;
  readonly refuse: boolean;
  readonly forged: boolean;
}

const hostileFiles = (files: Files, random: Random): Hostile => {
  if (random.chance(0.05)) {
    const { [random.pick(Object.keys(files))]: _, ...rest } = files;
    return { what: 'a file left out', files: rest, refuse: true, forged: false };
  }
  if (random.chance(0.2)) {
    const { what, value } = mutatedBytes(files[CONFIG] ?? new Uint8Array(0), random);
    return { what, files: { ...files, [CONFIG]: value }, refuse: false, forged: false };
  }
  const config = new TextDecoder().decode(files[CONFIG]);
  const bytes = files['latent.safetensors'] ?? new Uint8Array(0);
  const { value, ...rest } = hostileBundle({ [CONFIG]: config, 'latent.safetensors': bytes }, random);
  return { ...rest, files: { ...value, [CONFIG]: new TextEncoder().encode(value[CONFIG]) } };
};

/** What was loaded has the weights of the network: `load` says so. Other outputs come of other layers or buffers. */
const judge = (outputs: ArrayTensor, seed: Seed, forged: boolean): Judgement => {
  const same = outputs.data.every((value, i) => Object.is(value, seed.outputs.data[i]));
  if (same && outputs.shape.join() === seed.outputs.shape.join()) return 'equal';
  return forged ? 'other' : { wrong: 'an altered bundle was taken' };
};

export const bundleByExport: Format = {
  name: 'bundle by export',
  mostBytes: 200 * 2 ** 20,
  open: async () => {
    const seeds = await Promise.all(BUNDLE_SEEDS.map(seedOf));
    return (random: Random): Attack => {
      const seed = random.pick(seeds);
      const { what, files, refuse, forged } = hostileFiles(seed.files, random);
      return {
        what,
        read: () => outputsOf(files, seed),
        judge: refuse ? REFUSE : (outputs) => judge(outputs as ArrayTensor, seed, forged),
      };
    };
  },
};
