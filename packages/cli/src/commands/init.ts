// `mapnet init`: a config file that explains itself.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileExists } from '../errors.ts';
import { asUsage } from '../usage-error.ts';
import { say, type Terminal } from '../terminal.ts';

const name = 'mapnet.config.ts';

const template = `// What \`mapnet train\` trains. Names, and what each takes: mapnet list
import { defineConfig } from 'mapping-networks';

export default defineConfig({
  // The network whose parameters are generated. A name, or a name with options: { use: 'mlp', hidden: [64] }
  target: 'cnn2',

  // glyphs needs no download; mnist and fashionMnist are fetched once, or read from MAPPING_NETWORKS_DATA.
  dataset: 'glyphs',

  // Only a latent vector is trained; a fixed seeded map makes all parameters from it.
  parameterization: {
    use: 'mapping', // 'direct' trains the parameters themselves: the baseline
    latentDim: 2048, // how many numbers are trained and stored
    strategy: 'single', // 'layerwise': one latent for each layer
    seed: 0, // another seed is another map
  },

  epochs: 4,
  batchSize: 128,
  seed: 0, // initial latent, order of examples

  // Left out, each of these has a good default:
  // learningRate: 0.15,
  // loss: 'crossEntropy',
  // optimizer: { use: 'adamW', weightDecay: 0.01 },
  // schedule: 'cosine',
  // engine: 'onnx', // where it does not load: 'wasm'

  // Plugins of your own; their names are then allowed above.
  // plugins: [myTarget],
});
`;

export interface InitOptions {
  readonly force?: true | undefined;
}

/** Writes `mapnet.config.ts` into the folder. @throws CLI_FILE_EXISTS unless forced */
export const init = async ({ force }: InitOptions, terminal: Terminal): Promise<void> => {
  const path = join(terminal.folder, name);
  await writeFile(path, template, { flag: force ? 'w' : 'wx' }).catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') {
      return asUsage(() => {
        throw fileExists(name);
      });
    }
    throw cause;
  });
  say(terminal.stdout, `wrote ${name}; train with: mapnet train`);
};
