// What an editor sees of the installed packages: names and options are typed, and a wrong one is an error.
import { accuracy, defineConfig, mapping, mlp, pipeline, type Model } from 'mapping-networks';
import { saveBundle } from 'mapping-networks/node';

export const byName = defineConfig({ target: 'cnn2', dataset: 'glyphs', latentDim: 2048 });

export const byValue = defineConfig({
  target: mlp({ hidden: [32] }),
  dataset: 'glyphs',
  parameterization: mapping({ latentDim: 64, strategy: 'layerwise' }),
  metrics: [accuracy()],
});

// @ts-expect-error there is no such target
export const wrongName = defineConfig({ target: 'cnn22', dataset: 'glyphs', latentDim: 2048 });

// @ts-expect-error a number of latent dimensions is needed
export const wrongOptions = mapping({ strategy: 'single' });

/** Trains and saves; the bytes of the latent. */
export const trained = async (folder: string): Promise<number> => {
  const { model }: { readonly model: Model } = await pipeline(byName).train();
  return (await saveBundle(folder, model)).latentBytes;
};
