// Bundles on disk: one of the two files damaged, or something in its place that is no file.
import { loadBundle, saveBundle } from '@mapping-networks/core/node';
import { registryOf } from 'mapping-networks';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mutatedBytes } from '../mutations/bytes.ts';
import { REFUSE, type Attack, type Format } from '../oracle/attack.ts';
import type { Random } from '../random.ts';
import { judgeModel } from './bundle.ts';
import { BUNDLE_SEEDS } from './bundle-seeds.ts';
import { replaceByNoFile } from './not-files.ts';

const FILES = ['config.json', 'latent.safetensors'] as const;

export const bundleFolder: Format = {
  name: 'bundle on disk',
  mostBytes: 200 * 2 ** 20,
  open: async (folder) => {
    const registry = registryOf(undefined);
    const seeds: (readonly [(typeof BUNDLE_SEEDS)[number], Readonly<Record<string, Buffer>>])[] = [];
    for (const model of BUNDLE_SEEDS) {
      await saveBundle(folder, model);
      const files = await Promise.all(
        FILES.map(async (name) => [name, await readFile(join(folder, name))] as const),
      );
      seeds.push([model, Object.fromEntries(files)]);
    }
    const read = () => loadBundle(folder, registry);
    return async (random: Random): Promise<Attack> => {
      const [model, files] = random.pick(seeds);
      for (const name of FILES) {
        await rm(join(folder, name), { recursive: true, force: true });
        await writeFile(join(folder, name), files[name] ?? '');
      }
      const name = random.pick(FILES);
      const path = join(folder, name);
      if (random.chance(0.2))
        return { what: `${name}: ${await replaceByNoFile(path, random)}`, read, judge: REFUSE };
      const { what, value } = mutatedBytes(files[name] ?? new Uint8Array(0), random);
      await writeFile(path, value);
      return { what: `${name}: ${what}`, read, judge: (loaded) => judgeModel(loaded, model, '', false) };
    };
  },
};
